"""Functions of ours in the place of a library's, only where the library's are those that ours were written for."""

from __future__ import annotations

import functools
import hashlib
import importlib
import inspect
import itertools
import operator
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any


@dataclass(frozen=True, slots=True)
class Patch:
    """A function that puts ours in place of a library's (`install`, as ``module:name``), and what the library's must be.

    `replaced` has each of them as ``module:name``, with the names of its parameters where ours calls it, or with the first
    16 digits of the SHA-256 of its source where ours does its work.
    """

    name: str
    install: str
    replaced: Mapping[str, str]

    def fits(self) -> bool:
        """Say whether every function of the library is what ours was written for."""
        return all(expected in descriptions(name) for name, expected in self.replaced.items())

    def apply(self) -> None:
        """Put ours in place."""
        _function(self.install)()


def _function(name: str) -> Callable[..., Any]:
    module, _, path = name.partition(":")
    function: Callable[..., Any] = operator.attrgetter(path)(importlib.import_module(module))
    return function


def descriptions(name: str) -> tuple[str, ...]:
    """Return the parameters of a function and the digest of its source; what cannot be had is left out."""
    try:
        function = _function(name)
        parameters = " ".join(inspect.signature(function).parameters)
    except (ImportError, AttributeError, TypeError, ValueError):
        return ()
    try:
        return parameters, hashlib.sha256(_source(function.__code__).encode()).hexdigest()[:16]
    except (AttributeError, OSError, IndexError):  # compiled, or installed without its sources
        return (parameters,)


def _source(code: CodeType) -> str:
    """Return the lines of a function that stand further right than its first: `inspect.getsource` takes a tenth of a second for all."""
    first, *others = _lines(code.co_filename)[code.co_firstlineno - 1 :]
    margin = len(first) - len(first.lstrip())
    body = itertools.takewhile(lambda line: not line.strip() or line[: margin + 1].isspace(), others)
    return "\n".join((first, *body)).rstrip()


@functools.lru_cache(maxsize=16)
def _lines(file: str) -> list[str]:
    return Path(file).read_text("utf-8").splitlines()


def replace(name: str, theirs: Callable[..., Any], ours: Callable[..., Any]) -> None:
    """Put `ours` in place of `theirs` in every module of WeasyPrint that has imported it by its name."""
    for key, module in list(sys.modules.items()):
        if key.startswith("weasyprint") and getattr(module, name, None) is theirs:
            setattr(module, name, ours)
