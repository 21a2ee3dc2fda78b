"""How a process of newsmine is set up, the one that the user starts and those that work for it."""

import gc
import os
import signal
import sys
import threading
import warnings
from typing import Any


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


def keep_interrupts() -> None:
    """Let an interrupt that reaches the process in a finaliser end it a moment later, not be passed over by Python."""
    usual = sys.unraisablehook

    def hook(unraisable: Any) -> None:
        if unraisable.exc_type is KeyboardInterrupt:
            main = threading.main_thread().ident
            threading.Timer(0.01, signal.pthread_kill, (main, signal.SIGINT)).start()
        else:
            usual(unraisable)

    sys.unraisablehook = hook
