"""How workers of pytest-xdist share the tests out: those that need what is slow to make go to the worker that made it."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parents[1]


class Scheduler(LoadScopeScheduling):
    """Tests alone, but for those that share a fixture of the session that takes long, or one of their module."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the name of what a test shares with others, or its own."""
        file, _, test = nodeid.partition("::")
        every, shared = _sharing(file)
        return "every_edition" if test.partition("[")[0] in every else shared or nodeid


@functools.cache
def _sharing(file: str) -> tuple[frozenset[str], str | None]:
    """Return the tests of a file that need every edition, and what all others share."""
    text = (ROOT / file).read_text("utf-8")
    every = frozenset(re.findall(r"^def (test_\w+)\([^)]*\bevery_edition\b", text, re.MULTILINE))
    if re.search(r"^def \w+\([^)]*\bbuilt\b", text, re.MULTILINE):
        return every, "built"
    return every, file if re.search(r'scope="(module|session)"', text) else None
