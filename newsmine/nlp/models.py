"""The installed pipelines as a table."""

import os
from pathlib import Path

from newsmine.config import model_name
from newsmine.nlp.model import installed_models
from newsmine.table import Row, Table


def model_table() -> Table:
    """Return a row for each installed pipeline, by name, and one for the pipeline used if it is not installed.

    `used` says why it is the one: "default", "NEWSMINE_MODEL", or in either case "not installed"; it is empty for
    the others.
    """
    used = model_name()
    why = "NEWSMINE_MODEL" if os.environ.get("NEWSMINE_MODEL") else "default"
    rows: list[Row] = [
        (m.name, m.version, m.language, m.licence, " ".join(m.components), why if m.name == used else None)
        for m in installed_models()
    ]
    if used not in {row[0] for row in rows}:
        known = Path(used).is_dir()
        rows.append((used, None, None, None, None, f"{why}, a folder" if known else f"{why}, not installed"))
    return Table(("name", "version", "language", "licence", "components", "used"), tuple(rows))
