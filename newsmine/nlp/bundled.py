"""The English model that comes inside the package."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from newsmine.config import DEFAULT_MODEL


def is_bundled(name: str) -> bool:
    """Return whether a name means the model of the package, which goes before an installed one of that name."""
    return name == DEFAULT_MODEL


def folder() -> Path:
    """Return the folder of the model, in spaCy's format."""
    return Path(str(files("newsmine.data").joinpath(DEFAULT_MODEL)))


def meta() -> dict[str, Any]:
    """Return what the model says of itself: among others its version, date, licence, digest and figures."""
    loaded: dict[str, Any] = json.loads((folder() / "meta.json").read_text(encoding="utf-8"))
    return loaded


def location(name: str) -> str | Path:
    """Return what spaCy is to load for a name: the folder of the bundled model, or the name as it is."""
    return folder() if is_bundled(name) else name
