"""Which names appear together: in a document, a paragraph, or a sentence."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, product
from math import comb
from typing import cast

from newsmine.analysis.stats import Contingency, benjamini_hochberg, fisher, measure
from newsmine.analysis.units import LEVELS, Level, Named, Unit, known_kinds, name_key, ordered, pick, quote
from newsmine.analysis.units import units as units_of
from newsmine.errors import UnknownNameError, UsageError
from newsmine.records import Annotation, Kind
from newsmine.table import Row, Table, ranked

Pair = tuple[int, int]


def cooccurrence(
    annotations: Sequence[Annotation],
    *,
    level: Level = "document",
    measures: Sequence[str] = ("npmi", "llr"),
    between: tuple[Kind, Kind] | None = None,
    kinds: Iterable[str] | None = None,
    minimum: int = 1,
    evidence: int = 0,
) -> Table:
    """Return a table of the pairs of names that share a unit, the most frequent first, then by name.

    The units are the documents, their parts ("paragraph") or their sentences, those without any name too.
    `count` is the number of units with both, whatever the order and number of the mentions; `expected` is
    what it would be if the names were independent; then the measures of `newsmine.analysis.stats` in the
    order given.

    Of a pair, a is the name that sorts first by case-folded name, name, kind; with `between`, a is of the
    first kind and b of the second. `q` is the false discovery rate (Benjamini–Hochberg, of Fisher's exact test)
    over all pairs that the names could form, also those that never meet and those below `minimum`, which only
    hides rows. With `evidence`, a column of up to that many quotes: the sentences of the first mention of each in
    a unit, no text twice, from as many stories as possible, the oldest first.

    Raises UnknownNameError for a level, measure or kind that there is not, and UsageError if `between` names
    a kind that `kinds` leaves out.
    """
    if level not in LEVELS:
        raise UnknownNameError("level", level, LEVELS)
    functions = {name: measure(name) for name in measures}
    units = list(units_of(ordered(annotations), level, _chosen(kinds, between)))
    names = sorted({named for unit in units for named in unit.first}, key=name_key)
    where = _where(units, names)
    pairs = _pairs(units, names, between)
    tables = {(a, b): Contingency(both, len(where[a]), len(where[b]), len(units)) for (a, b), both in pairs.items()}
    # Many pairs share their counts, and Fisher's test is a sum.
    p_values = {table: fisher(table) for table in set(tables.values())}
    q_values = benjamini_hochberg([p_values[table] for table in tables.values()], _possible(names, between))
    rows: list[Row] = []
    for ((a, b), table), q in zip(tables.items(), q_values, strict=True):
        if table.both >= minimum:
            numbers = (table.expected, *(function(table) for function in functions.values()))
            row: Row = (*names[a], *names[b], table.both, *map(_rounded, numbers), float(f"{q:.3g}"))
            if evidence > 0:
                shared = (units[i] for i in sorted(where[a] & where[b]))
                row = (*row, _evidence(shared, names[a], names[b], evidence))
            rows.append(row)
    columns = ("a", "a_kind", "b", "b_kind", "count", "expected", *functions, "q")
    return Table(
        (*columns, "evidence") if evidence > 0 else columns,
        ranked(rows, by=columns.index("count"), text=(0, 1, 2, 3)),
    )


def parse_between(text: str) -> tuple[Kind, Kind]:
    """Return the two kinds of a text such as "person:organisation".

    Raises UsageError if it is not of that form, UnknownNameError for a kind that there is not.

    >>> parse_between("person:organisation")
    ('person', 'organisation')
    """
    kinds = tuple(word.strip() for word in text.split(":"))
    if len(kinds) != 2 or not all(kinds):
        raise UsageError(f"not a pair of kinds: {text!r}", hint="write two kinds as in person:organisation")
    known_kinds(kinds)
    return cast(tuple[Kind, Kind], kinds)


def _chosen(kinds: Iterable[str] | None, between: tuple[Kind, Kind] | None) -> frozenset[Kind]:
    chosen = known_kinds(kinds)
    if between is None:
        return chosen
    if left_out := known_kinds(between) - chosen:
        raise UsageError(
            f"pairs with the kind {min(left_out)!r}, which is not among those to be counted",
            hint=f"count {min(left_out)} too, or leave the choice of kinds to the pair",
        )
    return frozenset(between)


def _where(units: Sequence[Unit], names: Sequence[Named]) -> list[set[int]]:
    """Return for each name the numbers of the units that it is in."""
    found: dict[Named, set[int]] = defaultdict(set)
    for number, unit in enumerate(units):
        for named in unit.first:
            found[named].add(number)
    return [found[named] for named in names]


def _pairs(units: Iterable[Unit], names: Sequence[Named], between: tuple[Kind, Kind] | None) -> Counter[Pair]:
    """Return how many units each pair shares; a name is its number among the sorted names."""
    number = {named: i for i, named in enumerate(names)}
    pairs: Counter[Pair] = Counter()
    for unit in units:
        present = sorted(number[named] for named in unit.first)
        if between and between[0] != between[1]:
            first, second = ([i for i in present if names[i][1] == kind] for kind in between)
            pairs.update(product(first, second))
        else:
            pairs.update(combinations(present, 2))
    return pairs


def _possible(names: Sequence[Named], between: tuple[Kind, Kind] | None) -> int:
    """Return the number of pairs that these names could form."""
    if between and between[0] != between[1]:
        first, second = (sum(kind == wanted for _, kind in names) for wanted in between)
        return first * second
    return comb(len(names), 2)


def _evidence(shared: Iterable[Unit], a: Named, b: Named, number: int) -> tuple[str, ...]:
    return pick((quote(unit.annotation, (unit.first[a], unit.first[b])) for unit in shared), number)


def _rounded(number: float) -> float:
    """Return the number with four decimals, and never as -0.0.

    >>> _rounded(-0.00001), _rounded(1.23456)
    (0.0, 1.2346)
    """
    return round(number, 4) + 0.0
