"""Garbage is collected without losing an interruption."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import weakref
from collections.abc import Iterator

import pytest

from report.formats.collector import collect, noted_interruptions, quiet_collector


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    before = {number: signal.signal(number, signal.default_int_handler) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class Ring:
    """An object that only the collector frees."""

    def __init__(self) -> None:
        self.self = self


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_in_a_finalizer_is_raised_afterwards(number: signal.Signals) -> None:
    ring, done = Ring(), []

    def finalize() -> None:
        os.kill(os.getpid(), number)
        done.append(sum(range(1000)))

    weakref.finalize(ring, finalize)
    del ring
    with pytest.raises(KeyboardInterrupt):
        collect()
    assert done and signal.getsignal(number) is signal.default_int_handler


def test_what_is_ignored_stays_ignored() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_the_collector_rests_while_a_document_is_written() -> None:
    gc.enable()
    with quiet_collector():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_interruption_that_was_swallowed_is_raised_later() -> None:
    with noted_interruptions() as check:
        check()
        with contextlib.suppress(KeyboardInterrupt):  # as a callback does
            os.kill(os.getpid(), signal.SIGINT)
            sum(range(1000))
        with pytest.raises(KeyboardInterrupt):
            check()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
