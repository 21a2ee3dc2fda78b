"""How a process of newsmine is set up, the one that the user starts and those that work for it."""

import gc
import os
import warnings


def set_up() -> None:
    """Keep to one thread, if the user has not said otherwise, and look for cycles seldom. Before numpy is imported.

    There is one process for each core, and numpy's own threads would be in the way of the others. What a process
    makes lives as long as it does, so looking for cycles in it is time lost.
    """
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    gc.set_threshold(100_000, 50, 100)
    # spaCy says so of every installed pipeline of another release, whichever is used.
    warnings.filterwarnings("ignore", message=r"\[W095\]")
