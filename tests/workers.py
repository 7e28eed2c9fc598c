"""How workers of pytest-xdist share the tests out: those that need what is slow to make go to the worker that made it."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parents[1]
SHARED = ("every_edition", "built")
"""Fixtures of the session that take long."""


class Scheduler(LoadScopeScheduling):
    """Tests alone, but for those that share a fixture of the session that takes long, or one of their module."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the name of what a test shares with others, or its own."""
        file, _, test = nodeid.partition("::")
        return _sharing(file).get(test.partition("[")[0].rpartition("::")[2]) or nodeid


@functools.cache
def _sharing(file: str) -> dict[str, str]:
    """Return what each test of a file shares: a fixture of the session, or the file where it has such fixtures itself."""
    functions = [f for f in ast.walk(ast.parse((ROOT / file).read_text("utf-8"))) if isinstance(f, ast.FunctionDef)]
    needs = {function.name: {argument.arg for argument in function.args.args} for function in functions}
    own = {f.name for f in functions if any('scope="' in ast.unparse(d).replace("'", '"') for d in f.decorator_list)}
    automatic = {f.name for f in functions if any("autouse" in ast.unparse(d) for d in f.decorator_list)}
    found = {}
    for name in needs:
        fixtures = _closure(needs, needs[name] | automatic)
        shared = next((one for one in SHARED if one in fixtures), None)
        if shared or fixtures & own:
            found[name] = shared or file
    return found


def _closure(needs: dict[str, set[str]], names: set[str]) -> set[str]:
    """Return the names, and those that the fixtures of these names need."""
    more = names.union(*(needs.get(name, set()) for name in names))
    return names if more == names else _closure(needs, more)
