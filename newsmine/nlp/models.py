"""The pipelines that can be used, as a table."""

import os
from pathlib import Path

from newsmine.config import model_name
from newsmine.errors import NewsmineError
from newsmine.nlp.model import installed_models, load_model
from newsmine.table import Row, Table


def model_table() -> Table:
    """Return a row for the bundled pipeline, one for each installed one by name, and one for the one used if missing.

    `engine` is what runs the pipeline, "newsmine" or "spacy", and `reason` why it is not our own; both are found out
    by loading it. `used` says why it is the one: "default", "NEWSMINE_MODEL", or in either case "not installed"; it
    is empty for the others.
    """
    used = model_name()
    why = "NEWSMINE_MODEL" if os.environ.get("NEWSMINE_MODEL") else "default"
    rows: list[Row] = [
        (
            m.name,
            m.version,
            m.date,
            m.language,
            m.licence,
            m.figures or None,
            " ".join(m.components),
            *_engine(m.name),
            why if m.name == used else None,
        )
        for m in installed_models()
    ]
    if used not in {row[0] for row in rows}:
        if Path(used).is_dir():
            rows.append((used, *[None] * 6, *_engine(used), f"{why}, a folder"))
        else:
            rows.append((used, *[None] * 8, f"{why}, not installed"))
    columns = (
        "name",
        "version",
        "date",
        "language",
        "licence",
        "figures",
        "components",
        "engine",
        "reason",
        "used",
    )
    return Table(columns, tuple(rows))


def _engine(name: str) -> tuple[str | None, str | None]:
    """Return what runs the pipeline, None if it cannot be used at all, and the reason if that is not our engine."""
    try:
        model = load_model(name)
    except NewsmineError as error:
        return None, error.message
    return model.engine, model.why or None
