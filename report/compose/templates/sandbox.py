"""What a template or a tag of a Word form can reach: plain values, and nothing that belongs to a library.

The rule is a list of what is allowed, by the exact type of a value, and everything else is refused: attributes, items and
calls are looked up here, and what a call returns is looked at, too. So a library's object that is handed in by mistake has no
attribute, no item and no method, and cannot be printed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import functools
import re
import types
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from jinja2 import Undefined, nodes, pass_context, pass_eval_context
from jinja2.environment import TemplateModule
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from jinja2.utils import Namespace
from markupsafe import Markup
from pydantic import BaseModel

from report.language import fallback
from report.language.labels import TWO_STOPS
from report.model.unreadable import Unreadable
from report.values import Record

METHODS = frozenset({"kind_count"})
"""The methods of our own values that a template may call."""
MOST_ITEMS = 100_000
"""How many items the ranges of one document have together, and how long a text or list that is repeated may be."""
_HIGHEST_POWER = 16
_WIDEST = 1_000
"""How many characters a filter or a format may pad a text to, and how many decimals a number may be rounded to."""

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
_ATTRIBUTES: dict[type, frozenset[str]] = {
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
"""What may be asked of a value, by its exact type."""
_ITERABLES = frozenset(
    type(made)
    for made in ({}.keys(), {}.values(), {}.items(), iter(()), iter([]), (n for n in ()), reversed(()), reversed([]), map(str, ()), zip())
)  # fmt: skip
"""What filters and methods return to be gone through: nothing can be asked of it."""
_OPEN = (TemplateModule, TemplateReference, Namespace)
"""What has the names that a template itself gave."""
_LEFT_OUT = ("lipsum", "cycler", "joiner")
"""Jinja's globals that no document needs; `lipsum` says something else each time."""
_UNSTABLE = ("pprint", "random")
"""Jinja's filters that show a program's insides, or say something else each time."""
_JOINED = "~"
"""The filter that what ``~`` joins goes through, by a name that no template can write."""


@functools.cache
def attributes(kind: type) -> frozenset[str] | None:
    """Return what may be asked of values of a type, or None where such a value is not for templates."""
    if (known := _ATTRIBUTES.get(kind)) is not None:
        return known
    if kind in _ITERABLES or issubclass(kind, (Undefined, *_OPEN)):
        return _NONE
    if kind.__module__.partition(".")[0] != "report":
        return (
            frozenset({"grouper", "list"}) if kind.__module__ == "jinja2.filters" and issubclass(kind, tuple) else None
        )
    fields: Iterable[str]
    if issubclass(kind, BaseModel):
        fields = kind.model_fields
    elif issubclass(kind, Enum):
        return _STRING | {"name", "value"} if issubclass(kind, str) else frozenset({"name", "value"})
    elif dataclasses.is_dataclass(kind):
        fields = [field.name for field in dataclasses.fields(kind)]
    elif issubclass(kind, tuple):
        fields = getattr(kind, "_fields", ())
    elif issubclass(kind, frozenset):
        fields = ()
    else:
        return None
    own = [name for one in kind.__mro__ if one.__module__.partition(".")[0] == "report" for name in vars(one)]
    properties = {name for name in own if isinstance(getattr(kind, name, None), property | functools.cached_property)}
    return frozenset(name for name in {*fields, *properties, *(METHODS & set(own))} if not name.startswith("_"))


def is_plain(value: Any) -> bool:
    """Say whether a value is one that templates may have: a number, a text, a day, a list of such, or a fact of ours."""
    return attributes(type(value)) is not None


class Function:
    """A function or method as a template has it: it can be called, and nothing else.

    What would make a text of it, such as a filter or ``~``, raises `SecurityError`.
    """

    __slots__ = ("_call",)

    def __init__(self, call: Callable[..., Any]):
        self._call = call

    def __str__(self) -> str:
        raise SecurityError("a function cannot be printed; call it:  name(…)")

    __repr__ = __html__ = __str__

    def __format__(self, _form: str) -> str:
        return str(self)


class _Context(Context):
    """The names of a template; those of functions give what can be called and nothing else."""

    def resolve_or_missing(self, key: str) -> Any:
        value = super().resolve_or_missing(key)
        if isinstance(value, types.FunctionType | types.MethodType | types.BuiltinMethodType | type):
            return Function(value) if self.environment.is_safe_callable(value) else value  # type: ignore[attr-defined]
        return value

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: B902, N805 - names that no keyword has
        return super().call(__obj._call if isinstance(__obj, Function) else __obj, *args, **kwargs)


class PlainSandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with a list of what is allowed instead of one of what is not."""

    context_class = _Context

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, finalize: Callable[[Any], Any] | None = None, **options: Any):
        super().__init__(finalize=functools.partial(_printable, finalize), **options)
        for name in _LEFT_OUT:
            self.globals.pop(name, None)
        for name in _UNSTABLE:
            self.filters.pop(name, None)
        self.filters.update(_BOUNDED)
        self.filters[_JOINED] = functools.partial(_printable, None)
        self.globals["range"] = _ranges()

    def _generate(self, source: nodes.Template, *options: Any, **more: Any) -> str:
        """Let ``~`` join what can be printed, and nothing else."""
        for joined in source.find_all(nodes.Concat):
            joined.nodes = [nodes.Filter(part, _JOINED, [], [], None, None) for part in joined.nodes]
        return super()._generate(source, *options, **more)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a value's attribute, or item, if it may be asked for; an undefined value otherwise."""
        allowed = attributes(type(obj))
        if allowed is not None and attribute in allowed:
            return self.checked(getattr(obj, attribute))
        if isinstance(obj, Undefined) and not attribute.startswith("_"):
            return getattr(obj, attribute)  # which raises and names what is undefined
        if isinstance(obj, _OPEN) and not attribute.startswith("_"):
            return self._given(obj, attribute)
        if allowed is not None and isinstance(obj, Mapping) and attribute in obj:
            return self.checked(obj[attribute])
        if allowed is None or attribute.startswith("_") or attribute in dir(type(obj)):
            return self.unsafe_undefined(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def bound_gettext(self) -> None:
        """Let the functions that translate take what can be printed, in widths that a document has."""
        for name in ("gettext", "ngettext", "pgettext", "npgettext", "_"):
            if name in self.globals:
                self.globals[name] = _translating(self.globals[name])

    def _given(self, obj: Any, name: str) -> Any:
        """Return what a template itself set, in a namespace or in the file that it imports, or one of its own blocks."""
        if isinstance(obj, TemplateReference):
            with contextlib.suppress(KeyError):
                return self.checked(obj[name])
            return self.undefined(f"there is no block '{name}'", name=name)
        values = obj._Namespace__attrs if isinstance(obj, Namespace) else vars(obj)
        return self.checked(values[name]) if name in values else self.undefined(obj=obj, name=name)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return a list's, text's or mapping's item, or the attribute of that name."""
        allowed = attributes(type(obj))
        if allowed is not None and isinstance(obj, str | tuple | list | range | Mapping):
            try:
                return self.checked(obj[argument])
            except (TypeError, LookupError):
                pass
        if isinstance(argument, str):
            return self.getattr(obj, str(argument))
        if allowed is None:
            return self.unsafe_undefined(obj, str(argument))
        return self.undefined(obj=obj, name=argument)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """Return what raises `SecurityError` as soon as it is used."""
        message = f"a template cannot use '{attribute}' of a {type(obj).__name__}"
        return self.undefined(message, name=attribute, obj=obj, exc=SecurityError)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Say whether an attribute may be had; for those of Jinja's own filters that ask."""
        allowed = attributes(type(obj))
        return allowed is not None and attr in allowed

    def is_safe_callable(self, obj: Any) -> bool:
        """Say whether something may be called: a macro, a function that the program hands in, or a listed method."""
        if isinstance(obj, Macro | BlockReference | LoopContext | Undefined | Function):
            return True
        owner = getattr(obj, "__self__", None)
        if isinstance(obj, types.BuiltinMethodType | types.MethodType) and owner is not None:
            allowed = attributes(type(owner))
            if allowed is not None and obj.__name__ in allowed:
                return True
        if isinstance(obj, types.FunctionType | types.MethodType) and obj.__module__.partition(".")[0] == "report":
            return True
        return any(obj is known for known in self.globals.values())

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: B902, N805 - names that no keyword has
        """Call what may be called, and look at what it returns."""
        if not __self.is_safe_callable(__obj):
            raise SecurityError(f"a {type(__obj).__name__} cannot be called here")
        return __self.checked(__context.call(__obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply, raise and format, where what comes of it is of a size that a document can print."""
        if operator == "**" and not (abs(left) <= MOST_ITEMS and abs(right) <= _HIGHEST_POWER):
            raise SecurityError(f"{left} ** {right} is more than a document needs")
        if operator == "%" and isinstance(left, str):
            _check_format(left)
            _check_printed(right.values() if isinstance(right, Mapping) else right if isinstance(right, tuple) else (right,))  # fmt: skip
        for one, other in ((left, right), (right, left)):
            if operator == "*" and isinstance(one, int) and hasattr(other, "__len__") and one * len(other) > MOST_ITEMS:
                raise SecurityError(f"a text or list repeated {one} times is more than a document needs")
        return super().call_binop(context, operator, left, right)

    def checked(self, value: Any) -> Any:
        """Return a value that a template may have; raise `SecurityError` for another."""
        if is_plain(value):
            return value
        if isinstance(value, Unreadable):
            value.refuse()
        if self.is_safe_callable(value):
            return value if isinstance(value, Function) else Function(value)
        raise SecurityError(f"a {type(value).__name__} cannot be used in a template")


def _printable(finalize: Callable[[Any], Any] | None, value: Any) -> Any:
    """Return what is printed for a value; raise `SecurityError` for one that is no text, number, day or list of such."""
    value = finalize(value) if finalize else value
    kind = type(value)
    if issubclass(kind, Undefined):
        return value  # which tells its name as soon as it is printed
    allowed = attributes(kind)
    if allowed is None:
        raise SecurityError(f"a {kind.__name__.lower()} cannot be printed")
    if issubclass(kind, (Macro, LoopContext, BlockReference, *_OPEN)):
        raise SecurityError(f"a {kind.__name__} cannot be printed")
    if kind in _ITERABLES or isinstance(value, tuple | list | set | frozenset | Mapping):
        raise SecurityError(f"a {kind.__name__} cannot be printed as it is; go through it, or join it:  |join(', ')")
    if (
        kind.__str__ in (object.__str__, BaseModel.__str__, Record.__str__)
        and kind.__module__.partition(".")[0] == "report"
    ):
        raise SecurityError(f"this is a whole record; print one of its facts: {', '.join(sorted(allowed)[:20])}")
    return value


def _ranges() -> Callable[..., range]:
    left = MOST_ITEMS

    def bounded(*bounds: int) -> range:
        nonlocal left
        numbers = range(*bounds)
        left -= min(len(numbers), MOST_ITEMS + 1)
        if left < 0:
            raise SecurityError(f"its loops run more than {MOST_ITEMS:,} times, more than a document needs")
        return numbers

    return bounded


_WIDTH = re.compile(r"%(?:\([^)]*\))?[-+ #0]*(\*|\d*)(?:\.(\*|\d*))?")


def _check_format(text: str) -> None:
    """Raise `SecurityError` where a format pads to a width that no document has: ``%9999d``."""
    for found in _WIDTH.finditer(text):
        if any(part == "*" or (part or "0").isdigit() and int(part or 0) > _WIDEST for part in found.groups("")):
            raise SecurityError(f"“{found[0][:40]}” pads to more than {_WIDEST:,} characters")


def _bounded(name: str) -> Callable[..., Any]:
    """Return one of Jinja's filters that refuses numbers by which a text or list would fill the memory."""
    original: Callable[..., Any] = FILTERS[name]

    @functools.wraps(original)
    def bounded(*values: Any, **options: Any) -> Any:
        for number in (*values[1:], *options.values()):
            if isinstance(number, int) and abs(number) > _WIDEST:
                raise SecurityError(f"|{name}({number}) is more than a document needs")
        return original(*values, **options)

    return bounded


def _formatted(value: str, *values: Any, **named: Any) -> str:
    """Jinja's filter ``format``, with widths that a document can have."""
    _check_format(value)
    _check_printed((*values, *named.values()))
    formatted: str = FILTERS["format"](value, *values, **named)
    return formatted


def _check_printed(values: Iterable[Any]) -> None:
    """Raise `SecurityError` for a value that cannot be printed, where Python's own words for it would be."""
    for value in values:
        _printable(None, value)


@pass_eval_context
def _joined(context: Any, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    """Jinja's filter ``join``, of what can be printed."""
    items = value if attribute is None else map(make_attrgetter(context.environment, attribute), value)
    known = list(items)
    _check_printed(known)
    joined: str = FILTERS["join"](context, known, d)
    return joined


@pass_eval_context
def _as_attributes(context: Any, d: Mapping[str, Any], autospace: bool = True) -> str:
    """Jinja's filter ``xmlattr``, of what can be printed."""
    _check_printed(d.values())
    made: str = FILTERS["xmlattr"](context, d, autospace)
    return made


def _translating(original: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of the extension ``i18n`` that looks at what it is given."""

    @pass_context
    @functools.wraps(original)
    def translated(context: Context, *texts: Any, **variables: Any) -> Any:
        for text in texts:
            if isinstance(text, str):
                _check_format(text)
        _check_printed(variables.values())
        told = original(context, *texts, **variables)
        if not variables:
            return told
        told = type(told)(TWO_STOPS.sub(r".\1", told))
        context.environment.filled.add(" ".join(fallback.plain(Markup(told).striptags()).split()))  # type: ignore[attr-defined]
        return told

    translated.__module__ = __name__
    return translated


def _of_one(name: str) -> Callable[..., Any]:
    """Return one of Jinja's filters that makes a text, and refuses what is none, where Python's own would be printed."""
    original: Callable[..., Any] = _BOUNDED_ALREADY.get(name) or FILTERS[name]
    place = 1 if hasattr(original, "jinja_pass_arg") else 0

    @functools.wraps(original)
    def of_one(*values: Any, **options: Any) -> Any:
        _check_printed((*values[place:], *options.values()))
        return original(*values, **options)

    return of_one


_BOUNDED_ALREADY = {name: _bounded(name) for name in ("batch", "center", "indent", "round", "slice", "wordwrap")}
_TEXTS = "capitalize center e escape forceescape indent lower replace string striptags title trim truncate upper urlize wordwrap".split()
_BOUNDED = {
    **_BOUNDED_ALREADY,
    **{name: _of_one(name) for name in _TEXTS},
    "format": _formatted,
    "join": _joined,
    "xmlattr": _as_attributes,
}
