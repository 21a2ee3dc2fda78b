"""The sessions of the project: `nox` runs lint and checks (types, tests); `eval`, `exact` and `bench` measure."""

import nox

nox.options.sessions = ["lint", "checks"]
nox.options.default_venv_backend = "venv"
nox.options.reuse_existing_virtualenvs = True

CONSTRAINTS = ("-c", "constraints.txt")


def install(session: nox.Session, *groups: str) -> None:
    """Install newsmine with all its extras, and the dependency groups, in the pinned versions."""
    needed = [requirement for group in groups for requirement in nox.project.dependency_groups(PROJECT, group)]
    session.install(*CONSTRAINTS, "-e", ".[all,train]", *needed)


PROJECT = nox.project.load_toml("pyproject.toml")


@nox.session
def lint(session: nox.Session) -> None:
    """Check form and common mistakes."""
    session.install(*CONSTRAINTS, *nox.project.dependency_groups(PROJECT, "lint"))
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")


PYTEST = ("pytest", "-n", "auto", "--dist", "worksteal")


@nox.session
def checks(session: nox.Session) -> None:
    """Check the types and run the tests in one environment, which saves making a second one."""
    install(session, "types", "test")
    session.run("mypy")
    session.run(*PYTEST, *session.posargs)


@nox.session
def types(session: nox.Session) -> None:
    """Check the types, strictly."""
    install(session, "types")
    session.run("mypy")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests and the examples in the documentation."""
    install(session, "test")
    session.run(*PYTEST, *session.posargs)


@nox.session(name="eval")
def evaluate(session: nox.Session) -> None:
    """Measure quality against pinned floors; NEWSMINE_EVAL_DATA names a folder with further sets."""
    install(session, "test", "peers")
    session.run("pytest", "tests/eval", "-m", "eval", "-s", "-q", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure speed and memory, as ratios within one run; NEWSMINE_EVAL_DATA names a folder with texts to use."""
    install(session, "test", "bench")
    session.run("python", "tests/bench/bench.py")
    session.run("python", "tests/bench/engine.py", *session.posargs)
    session.run("python", "tests/bench/join.py")
    session.run("python", "tests/bench/load.py")


@nox.session
def exact(session: nox.Session) -> None:
    """Compare our engine with spaCy on the texts of a folder: nox -s exact -- FOLDER."""
    install(session)
    session.run("python", "tests/exact/exact.py", *session.posargs)


@nox.session
def train(session: nox.Session) -> None:
    """Make the bundled model anew from the texts of a folder: nox -s train -- FOLDER [options]."""
    install(session)
    session.run("python", "-m", "newsmine.training", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Write the reference of the command line anew from its help."""
    install(session)
    session.run("python", "docs/reference.py", *session.posargs)
