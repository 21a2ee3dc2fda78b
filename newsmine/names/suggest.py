"""The merges of a collection as a table that a person can edit, and the near misses beside them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from newsmine.names.books import Form
from newsmine.names.forms import key
from newsmine.names.ledger import Entry, Ledger, Name
from newsmine.names.near import near_misses
from newsmine.names.people import parse
from newsmine.records import KINDS, Kind
from newsmine.table import Row, Table

COLUMNS = ("variant", "canonical", "kind", "score", "reason")
AUTOMATIC = 0.8
"""The lowest score of a merge that is done without being asked for."""

_AMBIGUOUS, _SURNAME, _NEAR = 0.7, 0.6, 0.5


def suggestions(ledger: Ledger, *, least: float = 0.0, kinds: Sequence[Kind] = KINDS) -> Table:
    """Return variant, canonical, kind, score and reason: a merge file for the collection, as read_merges takes it.

    Scores from 0.8 are merges that are done anyway: replayed, they change nothing. Below that are near misses, which
    are done only where the file with them is used: names that different documents take differently, surnames that
    several full names share, and probable slips of the pen. Rows below `least`, or of other `kinds`, are left out.
    Spellings that differ only in case, accents, titles or the like are one name in any case, and have no row. Rows
    are in the order of the score from the highest, then canonical and variant.
    """
    rows = [*_by_document(ledger), *_surnames(ledger), *near_misses(ledger.names(), _NEAR)]
    kept = _without_conflicts(sorted(rows, key=_order))
    return Table(COLUMNS, tuple(row for row in kept if float(str(row[3])) >= least and row[2] in kinds))


def _without_conflicts(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows without those that say something else of a variant, or close a circle, after a better row."""
    taken: set[tuple[str, Kind]] = set()
    nexts: dict[str, str] = {}
    for row in rows:
        variant, canonical = str(row[0]), str(row[1])
        reach = {(key(variant, kind), kind) for kind in KINDS}
        start, end = key(variant, "person"), key(canonical, "person")
        while end in nexts and end != start:
            end = nexts[end]
        if not reach & taken and end != start:
            taken |= reach
            nexts[start] = key(canonical, "person")
            yield row


def _order(row: Row) -> tuple[float, str, str, str]:
    variant, canonical, kind, score, _ = row
    return -float(str(score)), str(canonical), str(variant), str(kind)


def _by_document(ledger: Ledger) -> list[Row]:
    """Return a row for each form that has another name than itself, in all documents or in some."""
    forms: dict[Form, list[Entry]] = defaultdict(list)
    for entry in ledger:
        forms[key(entry.text, entry.kind), entry.kind].append(entry)
    rows: list[Row] = []
    for own in forms.values():
        variant = _variant(own)
        # A line holds for its variant under any kind.
        entries = [entry for kind in KINDS for entry in forms.get((key(variant, kind), kind), ())]
        counts: Counter[Name] = Counter()
        for entry in entries:
            counts[entry.name] += entry.mentions
        others = {name: n for name, n in counts.items() if key(*name) != key(variant, name[1])}
        is_other_kind = {entry.kind for entry in entries} != {entry.decision.kind for entry in entries}
        if len(counts) == 1 and (others or is_other_kind):
            rows.append(_certain(variant, entries))
        elif others:
            rows.append(_uncertain(variant, counts, others))
    return rows


def _variant(entries: list[Entry]) -> str:
    return min(entries, key=lambda e: (-e.mentions, e.text.isupper(), e.text)).text


def _certain(variant: str, entries: list[Entry]) -> Row:
    decision = min((entry.decision for entry in entries), key=lambda d: (d.reason == "name", -d.score, d.reason))
    return variant, decision.name, decision.kind, max(decision.score, AUTOMATIC), decision.reason


def _uncertain(variant: str, counts: Counter[Name], others: dict[Name, int]) -> Row:
    name, kind = min(others, key=lambda n: (-others[n], n))
    shares = ", ".join(f"{n} {counts[n, k]}" for n, k in sorted(counts, key=lambda n: (-counts[n], n)))
    return variant, name, kind, _AMBIGUOUS, f"not merged everywhere: {shares}"


def _surnames(ledger: Ledger) -> list[Row]:
    """Return a row for each surname that stands alone because several full names share it."""
    names = ledger.names()
    full: dict[str, list[Form]] = defaultdict(list)
    for name, kind in names:
        if kind == "person" and (parts := parse(key(name, kind))).is_full:
            full[parts.surname].append((name, kind))
    rows: list[Row] = []
    for name, kind in names:
        parts = parse(key(name, "person"))
        if kind == "person" and not parts.is_full and len(fitting := full.get(parts.surname, [])) > 1:
            ranked = sorted(fitting, key=lambda n: (-names[n], n))
            reason = f"not merged: one of {len(ranked)} names: {', '.join(n for n, _ in ranked[:3])}"
            rows.append((name, ranked[0][0], kind, _SURNAME, reason))
    return rows
