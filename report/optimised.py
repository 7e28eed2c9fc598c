"""``python -O`` leaves out asserts, and some libraries do work in theirs, or refuse by them what they are given.

WeasyPrint 70 sets the position and the size of a ``background`` in one; Jinja and fontTools refuse damaged templates and
fonts so. With -O these libraries are compiled as without: equal facts give equal bytes, and equal mistakes equal answers.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType

LIBRARIES = frozenset({"fontTools", "jinja2", "weasyprint"})


class _Loader(SourceFileLoader):
    """Compile a module with its asserts, past the bytecode that Python keeps of it without them."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        code: CodeType = compile(self.get_data(path), path, "exec", dont_inherit=True, optimize=0)
        return code


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in LIBRARIES:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def keep_asserts() -> None:
    """Have the libraries imported with their asserts from now on."""
    sys.meta_path.insert(0, _Finder())
