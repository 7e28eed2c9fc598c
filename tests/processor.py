"""What each test costs in seconds of processor time: of the test's process, and of the processes that it began.

``pytest --cpu 40`` ends with the table of the forty dearest tests, the dearest files and the sum. The time of the clock says
little of that on a machine that does something else besides.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


_FOREIGN: set[str] = set()
"""Numbers of processes that this one did not begin."""


def seconds() -> float:
    """Return the processor time, user and system, that this process and those that it began have taken so far."""
    return sum(os.times()[:4]) + sum(_living())


def _living() -> Iterator[float]:
    """Find the processes that this one, or one of them, began; yield what each and its ended children took (proc(5))."""
    parents, taken = {}, {}
    for number in os.listdir("/proc") if os.path.isdir("/proc") else ():
        if number.isdigit() and number not in _FOREIGN:
            try:
                with open(f"/proc/{number}/stat", "rb") as file:
                    fields = file.read().rpartition(b")")[2].split()
            except OSError:  # it has ended
                continue
            parents[number], taken[number] = fields[1].decode(), sum(map(int, fields[11:15])) / _TICKS
    here = str(os.getpid())
    for number in taken:
        above = number
        while above in parents and above != here:
            above = parents[above]
        if above != here:
            _FOREIGN.add(number)
        elif number != here:
            yield taken[number]


class Meter:
    """Adds to each test's last report what the test cost, and tells of it at the end."""

    def __init__(self, shown: int):
        self._shown, self._tests, self._files = shown, Counter[str](), Counter[str]()
        self._last = seconds()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        """Note the cost of this phase."""
        report = yield
        now = seconds()
        report.cpu, self._last = now - self._last, now  # type: ignore[attr-defined]
        return report  # type: ignore[return-value]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up what the phases of a test cost, in whichever worker."""
        cost = getattr(report, "cpu", 0.0)
        self._tests[report.nodeid] += cost
        self._files[report.nodeid.partition("::")[0]] += cost

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the table."""
        terminalreporter.section("seconds of processor time")
        for name, costs in (("files", self._files), ("tests", self._tests)):
            for what, cost in costs.most_common(self._shown):
                terminalreporter.write_line(f"{cost:8.2f}  {what}")
            terminalreporter.write_line(f"{sum(costs.values()):8.2f}  all {len(costs)} {name}")
