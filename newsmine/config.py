"""Settings: where the corpus and the cache are, which model is used, and defaults from a TOML file."""

import os
import sys
import tomllib
from pathlib import Path
from typing import Any

from newsmine.errors import InputError, UsageError

DEFAULT_CORPUS = Path("data") / "corpus.db"
CACHE_FILE = "analyses.db"
DEFAULT_MODEL = "en_news_sm"
_CACHES = {"darwin": Path("Library", "Caches"), "win32": Path("AppData", "Local")}


def corpus_path(given: str | Path | None = None) -> Path:
    """Return the corpus file: the one given, else `NEWSMINE_CORPUS`, else `data/corpus.db` under this folder."""
    return Path(given or os.environ.get("NEWSMINE_CORPUS") or DEFAULT_CORPUS)


def cache_path() -> Path | None:
    """Return the file of the cache: in the folder `NEWSMINE_CACHE`, else in one of its own among the user's caches.

    None if there is no home folder.
    """
    given = os.environ.get("NEWSMINE_CACHE")
    if given:
        return Path(given) / CACHE_FILE
    windows = sys.platform == "win32"
    # A relative folder is to be ignored, says the XDG specification.
    caches = Path(os.environ.get("LOCALAPPDATA" if windows else "XDG_CACHE_HOME", ""))
    try:
        base = caches if caches.is_absolute() else Path.home() / _CACHES.get(sys.platform, ".cache")
    except RuntimeError:
        return None
    return base / "newsmine" / ("Cache" if windows else "") / CACHE_FILE


def model_name(given: str | None = None) -> str:
    """Return the spaCy pipeline to use: the one given, else `NEWSMINE_MODEL`, else the default."""
    return given or os.environ.get("NEWSMINE_MODEL") or DEFAULT_MODEL


def read_settings(path: str | Path, command: str) -> dict[str, Any]:
    """Return the option values that a TOML file sets for a command.

    Top-level keys hold for every command, those of the table `[<command>]` for that one and win.
    Raises InputError if the file cannot be read and UsageError if it is not TOML.
    """
    try:
        with Path(path).open("rb") as file:
            settings = tomllib.load(file)
    except OSError as error:
        raise InputError(f"cannot read the settings {path}: {error.strerror}", hint="check --config") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not TOML: {error}", hint='write lines such as: kind = "person"') from None
    common = {key: value for key, value in settings.items() if not isinstance(value, dict)}
    own = settings.get(command, {})
    return {key.replace("-", "_"): value for key, value in {**common, **own}.items()}
