"""`newsmine` and `python -m newsmine`."""

import sys

from newsmine.process import keep_interrupts, set_up


def main() -> None:
    """Run the command line and end the process with its status."""
    set_up()
    keep_interrupts()
    from newsmine.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
