"""What is wrong with a merge file, and what it does to a collection."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from newsmine.names.forms import key
from newsmine.names.ledger import Ledger
from newsmine.names.merges import DROP, Line, Merges, decided
from newsmine.records import KINDS
from newsmine.table import Row, Table, ranked

PROBLEMS = ("line", "severity", "problem", "variant", "hint")
EFFECTS = ("variant", "from", "canonical", "kind", "mentions")

Key = tuple[str, str]


def problems(lines: Sequence[Line], ledger: Ledger | None = None) -> Table:
    """Return what is wrong with the lines of a merge file, in their order; what was meant is the hint.

    Errors keep the file from being used: a line that is not complete, an unknown kind, two canonical names for one
    variant, a circle. Warnings do not: a line that is there twice, and with a ledger, a variant that is not found.
    """
    complete = [line for line in lines if line.variant and (line.canonical or line.drops)]
    rows = [
        *_incomplete(lines),
        *_repeated(complete),
        *_circles(complete),
        *(_unused(complete, ledger) if ledger else []),
    ]
    return Table(PROBLEMS, tuple(sorted(rows, key=lambda row: (int(str(row[0])), str(row[1]), str(row[2])))))


def has_errors(table: Table) -> bool:
    """Tell whether any of the problems is an error."""
    return any(row[1] == "error" for row in table.rows)


def effects(merges: Merges, ledger: Ledger) -> Table:
    """Return the names that the merges change: variant, the name it has without them, canonical, kind, mentions.

    The canonical name of what is dropped is empty, and its kind is "drop". Most mentions first.
    """
    moved: Counter[tuple[str, str, str, str]] = Counter()
    for entry in ledger:
        decision = decided(merges, (entry.text, entry.kind), entry.decision)
        if decision is None:
            moved[entry.text, entry.decision.name, "", DROP] += entry.mentions
        elif (decision.name, decision.kind) != entry.name:
            moved[entry.text, entry.decision.name, decision.name, decision.kind] += entry.mentions
    rows = [(*names, mentions) for names, mentions in moved.items()]
    return Table(EFFECTS, ranked(rows, by=4, text=(2, 0, 1, 3)))


def _incomplete(lines: Sequence[Line]) -> list[Row]:
    rows: list[Row] = []
    for line in lines:
        if not line.variant:
            rows.append((line.number, "error", "no variant", "", "fill it in, or remove the line"))
        elif not line.canonical and not line.drops:
            hint = "fill in the canonical name; the kind drop says that the variant is no name"
            rows.append((line.number, "error", "no canonical name", line.variant, hint))
        if line.kind and line.kind not in (*KINDS, DROP):
            rows.append(
                (line.number, "error", f"unknown kind {line.kind}", line.variant, f"known: {', '.join((*KINDS, DROP))}")
            )
    return rows


def _repeated(lines: Sequence[Line]) -> list[Row]:
    by_key: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_key[key(line.variant, "person")].append(line)
    rows: list[Row] = []
    for same in by_key.values():
        first, *others = same
        for line in others:
            if (line.drops and first.drops) or (line.canonical, line.kind) == (first.canonical, first.kind):
                rows.append((line.number, "warning", "duplicate", line.variant, f"line {first.number} says the same"))
            else:
                known = "drop" if first.drops else first.canonical
                hint = f"line {first.number} says {known} ({first.kind or 'any kind'}): remove one"
                rows.append((line.number, "error", "conflict", line.variant, hint))
    return rows


def _circles(lines: Sequence[Line]) -> list[Row]:
    """Return a row for each line of a circle: names that lead back to themselves over other lines."""
    nexts: dict[str, tuple[str, Line]] = {}
    for line in lines:
        variant, canonical = key(line.variant, "person"), key(line.canonical, "person")
        if not line.drops and variant != canonical:
            nexts.setdefault(variant, (canonical, line))
    rows: list[Row] = []
    done: set[str] = set()
    for start in nexts:
        path: dict[str, Line] = {}
        at = start
        while at in nexts and at not in done and at not in path:
            path[at] = nexts[at][1]
            at = nexts[at][0]
        if at in path:
            circle = list(path)[list(path).index(at) :]
            names = " → ".join([path[name].variant for name in circle] + [path[at].variant])
            rows += [(path[n].number, "error", "circle", path[n].variant, f"{names}: remove one") for n in circle]
        done.update(path)
    return rows


def _unused(lines: Sequence[Line], ledger: Ledger) -> list[Row]:
    known = {key(entry.text, entry.kind) for entry in ledger} | {key(name, kind) for name, kind in ledger.names()}
    return [
        (line.number, "warning", "unused", line.variant, "no such name is found in these documents")
        for line in lines
        if not {key(line.variant, kind) for kind in KINDS} & known
    ]
