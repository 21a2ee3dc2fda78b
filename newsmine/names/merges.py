"""The merge file: a user's own decisions on which spellings are one name."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from newsmine.errors import InputError, UnknownNameError, UsageError
from newsmine.names.forms import key
from newsmine.records import KINDS, Kind

_COLUMNS = ("variant", "canonical", "kind")


@dataclass(frozen=True, slots=True)
class Merge:
    """A spelling's canonical name, and the kind it is given."""

    canonical: str
    kind: Kind


Merges = Mapping[tuple[str, Kind], Merge]


def read_merges(path: str | Path) -> dict[tuple[str, Kind], Merge]:
    """Return the decisions of a CSV file with the columns variant, canonical and kind.

    A line holds for the variant under any kind and gives it the stated one; without a kind, the variant keeps the
    kind it has. Raises InputError if the file cannot be read, UsageError if it has other columns.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the merge file {path}: {error}", hint="check --merges") from None
    merges: dict[tuple[str, Kind], Merge] = {}
    for number, row in enumerate(rows, start=2):
        if not {"variant", "canonical"} <= row.keys():
            raise UsageError(f"{path} is no merge file", hint=f"its first line must be: {','.join(_COLUMNS)}")
        variant, canonical = (row["variant"] or "").strip(), (row["canonical"] or "").strip()
        stated = (row.get("kind") or "").strip()
        if not variant or not canonical:
            raise UsageError(f"{path}, line {number}: variant and canonical are both needed", hint="fill in both")
        if stated and stated not in KINDS:
            raise UnknownNameError(f"kind in {path}, line {number}:", stated, KINDS)
        for kind in KINDS:
            target = next((known for known in KINDS if known == stated), kind)
            merges[key(variant, kind), kind] = Merge(canonical, target)
    return merges
