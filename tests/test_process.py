import sys
import time

import pytest

from newsmine.process import keep_interrupts


class Interrupted:
    def __del__(self) -> None:
        raise KeyboardInterrupt


def test_an_interrupt_in_a_finaliser_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    keep_interrupts()
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012, the interrupt comes a moment after
        Interrupted()
        time.sleep(10)
