"""Walk all that a template or a tag can reach, as a hostile one would: every attribute, item and method, to any depth."""

from __future__ import annotations

import datetime
import types
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from jinja2 import Undefined
from jinja2.sandbox import SecurityError
from markupsafe import Markup

from report.compose.templates.allowed import attributes, is_plain
from report.compose.templates.sandbox import Function, PlainSandbox

MOST = 200_000
_FORBIDDEN = ("__class__", "__dict__", "__globals__", "__init__", "__func__", "__self__", "__module__", "gi_frame", "func_globals")  # fmt: skip
"""What no sandbox gives away, asked for besides what a value says that it has."""

_SCALARS = frozenset({str, Markup, int, float, bool, type(None), Decimal, datetime.date})


def reached(made: PlainSandbox, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the path and the value of all that is reached from what a template is given."""
    given = {**made.globals, **values}
    todo: list[tuple[str, Any]] = list(given.items())
    seen: dict[int, Any] = {}
    kinds: set[type] = set()
    while todo:
        path, value = todo.pop()
        if id(value) in seen:
            continue
        seen[id(value)] = value  # kept, so that no other value takes its number
        yield path, value
        assert len(seen) < MOST, "there is no end of it"
        first = type(value) not in kinds
        kinds.add(type(value))
        if first or type(value) not in _SCALARS:  # all of a type have the same methods
            todo += _next(made, path, value, {*dir(value), *_FORBIDDEN} if first else attributes(type(value)) or ())


def _next(made: PlainSandbox, path: str, value: Any, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """Yield what is reached from a value: of the first of a type by every name, of others by those that are allowed."""
    for name in names:
        try:
            found = made.getattr(value, name)
        except (SecurityError, AttributeError):
            continue
        if isinstance(found, Undefined):
            continue
        assert not name.startswith("_"), f"{path}.{name} is reached"
        yield f"{path}.{name}", found
        yield from _called(made, f"{path}.{name}", found)
    if isinstance(value, Mapping):
        yield from ((f"{path}[{key!r}]", made.getitem(value, key)) for key in value)
    elif isinstance(value, tuple | list | set | frozenset):
        yield from ((f"{path}[{place}]", each) for place, each in enumerate(value))


def _called(made: PlainSandbox, path: str, method: Any) -> Iterator[tuple[str, Any]]:
    """Call what takes no argument, or one that a template could give."""
    if not callable(method):
        return
    context = made.from_string("").new_context({})
    for arguments in ((), ("a",), (1,), (["a"],)):
        try:
            yield f"{path}{arguments}", made.call(context, method, *arguments)
        except Exception:  # noqa: BLE001 - a method that is called wrongly fails in its own way; what it returns is looked at
            continue


def strangers(made: PlainSandbox, values: Mapping[str, Any]) -> list[str]:
    """Return the paths that lead to what is neither plain nor a function of our own."""
    return [f"{path}: {type(value)}" for path, value in reached(made, values) if not _is_known(made, value)]


def _is_known(made: PlainSandbox, value: Any) -> bool:
    return is_plain(value) or isinstance(value, Function) or (isinstance(value, types.FunctionType | types.MethodType | types.BuiltinMethodType | type) and made.is_safe_callable(value))  # fmt: skip
