"""`newsmine` and `python -m newsmine`."""

import gc
import os
import sys


def main() -> None:
    """Run the command line and end the process with its status."""
    # One process for each core: numpy's own threads would only be in their way. Before numpy is imported.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    from newsmine.cli.app import run

    # A run makes many objects that live as long as it does; looking for cycles among them takes 4% of its time.
    gc.set_threshold(100_000, 50, 100)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
