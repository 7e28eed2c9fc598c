"""What may be asked of a value in a template, by its exact type: plain values and facts of ours, nothing of a library."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import types
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from typing import Any

from jinja2 import Undefined
from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, LoopContext, Macro, TemplateReference
from jinja2.utils import Namespace
from markupsafe import Markup
from pydantic import BaseModel

METHODS = frozenset({"kind_count"})
"""The methods of our own values that a template may call."""
_STRING = frozenset(
    "capitalize casefold count endswith find isalpha isdigit isnumeric join lower lstrip partition removeprefix removesuffix "
    "replace rpartition rsplit rstrip split splitlines startswith strip swapcase title upper".split()
)
_SEQUENCE = frozenset({"count", "index"})
_MAPPING = frozenset({"get", "items", "keys", "values"})
_NONE: frozenset[str] = frozenset()
_LOOP = frozenset(
    "index index0 revindex revindex0 first last length depth depth0 previtem nextitem cycle changed".split()
)
ITERABLES: frozenset[type] = frozenset(
    map(type, ({}.keys(), {}.values(), {}.items(), iter(()), iter([]), (n for n in ""), reversed(()), reversed([]), map(str, ()), zip()))
)  # fmt: skip
"""What filters and methods return to be gone through: nothing can be asked of it."""
TEMPLATE_NAMESPACES = (TemplateModule, TemplateReference, Namespace)
"""What has the names that a template itself gave."""
_ATTRIBUTES: dict[type, frozenset[str] | None] = {
    str: _STRING,
    Markup: _STRING | {"striptags", "unescape"},
    bool: _NONE,
    int: _NONE,
    float: _NONE,
    type(None): _NONE,
    Decimal: frozenset({"is_zero", "is_signed"}),
    datetime.date: frozenset({"year", "month", "day", "isoformat", "weekday", "isoweekday"}),
    tuple: _SEQUENCE,
    list: _SEQUENCE,
    dict: _MAPPING,
    types.MappingProxyType: _MAPPING,
    range: frozenset({"start", "stop", "step"}),
    set: _NONE,
    frozenset: _NONE,
    LoopContext: _LOOP,
    Macro: frozenset({"name", "arguments", "caller"}),
    BlockReference: frozenset({"super"}),
}
"""What may be asked of a value, by its exact type; types that were looked at once are added."""


def attributes(kind: type) -> frozenset[str] | None:
    """Return what may be asked of values of a type, or None where such a value is not for templates."""
    if kind not in _ATTRIBUTES:
        _ATTRIBUTES[kind] = _attributes(kind)
    return _ATTRIBUTES[kind]


def _attributes(kind: type) -> frozenset[str] | None:
    if kind in ITERABLES or issubclass(kind, (Undefined, *TEMPLATE_NAMESPACES)):
        return _NONE
    if not is_ours(kind):
        grouped = kind.__module__ == "jinja2.filters" and issubclass(kind, tuple)
        return frozenset({"grouper", "list"}) if grouped else None
    fields: Iterable[str]
    if issubclass(kind, BaseModel):
        fields = kind.model_fields
    elif issubclass(kind, Enum):
        return (_STRING if issubclass(kind, str) else _NONE) | {"name", "value"}
    elif dataclasses.is_dataclass(kind):
        fields = [field.name for field in dataclasses.fields(kind)]
    elif issubclass(kind, tuple):
        fields = getattr(kind, "_fields", ())
    elif issubclass(kind, frozenset):
        fields = ()
    else:
        return None
    own = {name for one in kind.__mro__ if is_ours(one) for name in vars(one)}
    properties = {name for name in own if isinstance(getattr(kind, name, None), property | functools.cached_property)}
    return frozenset(name for name in {*fields, *properties, *(METHODS & own)} if not name.startswith("_"))


def is_ours(value: Any) -> bool:
    """Say whether a class or function is of this program."""
    return str(value.__module__).partition(".")[0] == "report"


def is_plain(value: Any) -> bool:
    """Say whether a value is one that templates may have: a number, a text, a day, a list of such, or a fact of ours."""
    return attributes(type(value)) is not None
