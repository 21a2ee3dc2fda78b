"""The command that makes the bundled model: python -m newsmine.training FOLDER."""

import argparse
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from newsmine.errors import NewsmineError
from newsmine.nlp import bundled
from newsmine.process import set_up


def main() -> int:
    """Train, write the folder of the model, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m newsmine.training", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder with the training texts")
    parser.add_argument("--out", type=Path, default=bundled.folder(), help="where the model goes; default: the package")
    parser.add_argument("--work", type=Path, default=Path("build", "training"), help="where students and logs go")
    parser.add_argument("--until", default="9999", metavar="DAY", help="leave out news after this day, as 2023-12-31")
    parser.add_argument("--held-out", type=Path, help="a JSON object whose keys are paragraphs to leave out")
    parser.add_argument("--version", default="1.0.0", help="the version of the model")
    parser.add_argument("--steps", type=int, nargs="+", help="steps of each round; default: the recipe's")
    parser.add_argument("--seeds", type=int, nargs="+", help="a student for each; default: the recipe's")
    parser.add_argument("--measure", type=Path, metavar="FOLDER", help="labelled sets to give the F1 of, *.jsonl")
    given = parser.parse_args()
    set_up()
    from dataclasses import replace

    from newsmine.training import package, sources
    from newsmine.training.figures import figures
    from newsmine.training.recipe import Recipe, trained

    recipe = Recipe()
    recipe = replace(recipe, steps=tuple(given.steps or recipe.steps), seeds=tuple(given.seeds or recipe.seeds))
    begun = time.monotonic()
    try:
        held_out = frozenset(json.loads(given.held_out.read_text(encoding="utf-8"))) if given.held_out else frozenset()
        read = sources.read(given.folder, until=given.until, held_out=held_out)
        nlp = trained(read, recipe, given.work, _say)
    except NewsmineError as error:
        _say(f"newsmine: error: {error.message}")
        _say(f"hint: {error.hint}")
        return error.exit_status
    reached = figures(nlp, given.measure) if given.measure else {}
    today = datetime.now(UTC).date().isoformat()
    package.write(nlp, given.out, {"version": given.version, "date": today, "figures": reached})
    _say(f"written to {given.out} after {(time.monotonic() - begun) / 60:.0f} minutes")
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
