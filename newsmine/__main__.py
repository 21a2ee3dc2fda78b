"""`newsmine` and `python -m newsmine`."""

import sys

from newsmine.process import set_up


def main() -> None:
    """Run the command line and end the process with its status."""
    set_up()
    from newsmine.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
