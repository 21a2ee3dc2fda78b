"""`newsmine` and `python -m newsmine`."""

import sys


def main() -> None:
    """Run the command line and end the process with its status."""
    from newsmine.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
