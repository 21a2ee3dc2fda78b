"""The merge file: a user's own decisions on which spellings are one name."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from newsmine.errors import InputError, UnknownNameError, UsageError
from newsmine.names.books import Spelling
from newsmine.names.forms import key
from newsmine.records import KINDS, Kind

COLUMNS = ("variant", "canonical", "kind")
DROP = "drop"


@dataclass(frozen=True, slots=True)
class Decision:
    """The canonical name and kind of a mention, with the score of and the reason for the step to it."""

    name: str
    kind: Kind
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A spelling's canonical name, and the kind it is given; no name at all if the spelling is to be dropped."""

    canonical: str
    kind: Kind


Merges = Mapping[tuple[str, Kind], Merge]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a merge file as it stands there."""

    number: int
    variant: str
    canonical: str
    kind: str

    @property
    def drops(self) -> bool:
        """Whether the variant is no name."""
        return self.kind == DROP


def read_lines(path: str | Path) -> list[Line]:
    """Return the lines of a CSV file with the columns variant, canonical and kind.

    Raises InputError if the file cannot be read, UsageError if it has other columns.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = [(reader.line_num, row) for row in reader]
            columns = reader.fieldnames or ()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"cannot read the merge file {path}: {error}", hint="check --merges") from None
    if not {"variant", "canonical"} <= set(columns):
        raise UsageError(f"{path} is no merge file", hint=f"its first line must be: {','.join(COLUMNS)}")
    return [Line(number, *((row.get(name) or "").strip() for name in COLUMNS)) for number, row in rows]


def read_merges(path: str | Path) -> dict[tuple[str, Kind], Merge]:
    """Return the decisions of a merge file: a CSV with the columns variant, canonical and kind; others are ignored.

    A line holds for the variant under any kind and gives it the stated one; without a kind, the variant keeps the
    kind it has. A canonical name that is exactly the variant keeps it apart from all others. The kind "drop" says
    that the variant is no name. Where a canonical name is the variant of another line, that line is followed.
    Raises InputError if the file cannot be read, UsageError if it has other columns, lines that are not complete,
    two canonical names for a variant, or a circle.
    """
    lines = read_lines(path)
    for line in lines:
        _check(line, path)
    merges: dict[tuple[str, Kind], Merge] = {}
    for line in lines:
        for kind in KINDS:
            target = next((known for known in KINDS if known == line.kind), kind)
            merge = Merge("" if line.drops else line.canonical, target)
            if merges.setdefault((key(line.variant, kind), kind), merge) != merge:
                problem = f"{line.variant} has two canonical names"
                raise UsageError(f"{path}, line {line.number}: {problem}", hint=_hint(path))
    return {spelling: _followed(spelling, merges, path) for spelling in merges}


def _check(line: Line, path: str | Path) -> None:
    if not line.variant or not (line.canonical or line.drops):
        raise UsageError(f"{path}, line {line.number}: variant and canonical are both needed", hint="fill in both")
    if line.kind and line.kind not in (*KINDS, DROP):
        raise UnknownNameError(f"kind in {path}, line {line.number}:", line.kind, (*KINDS, DROP))


def _followed(start: tuple[str, Kind], merges: Mapping[tuple[str, Kind], Merge], path: str | Path) -> Merge:
    merge, seen = merges[start], {start}
    while merge.canonical and (at := (key(merge.canonical, merge.kind), merge.kind)) in merges:
        if merges[at] == merge:
            break
        if at in seen:
            raise UsageError(f"{path}: {merge.canonical} leads back to itself", hint=_hint(path))
        seen.add(at)
        merge = merges[at]
    return merge


def _hint(path: str | Path) -> str:
    return f"newsmine names check {path} lists what is wrong"


def decided(merges: Merges, spelling: Spelling, found: Decision) -> Decision | None:
    """Return the decision of the merges on a spelling, or else on the name that it was found to have.

    None if it is dropped; what was found if the merges say nothing of it.
    """
    if not merges:
        return found
    text, kind = spelling
    merge = merges.get((key(text, kind), kind)) or merges.get((key(found.name, found.kind), found.kind))
    if merge is None:
        return found
    return Decision(merge.canonical, merge.kind, 1.0, "merge file") if merge.canonical else None
