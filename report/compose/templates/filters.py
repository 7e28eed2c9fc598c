"""Jinja's filters and its functions of translation, refusing what no document prints and what would fill the memory."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import Undefined, pass_context, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from markupsafe import Markup
from pydantic import BaseModel

from report.compose.templates.allowed import ITERABLES, TEMPLATE_NAMESPACES, attributes, is_ours
from report.language import fallback
from report.language.labels import TWO_STOPS
from report.values import Record

MOST_ITEMS = 100_000
"""How many items the ranges of one document have together, and how long a text or list that is repeated may be."""
_WIDEST = 1_000
"""How many characters a filter or a format may pad a text to, and how many decimals a number may be rounded to."""
_WIDTH = re.compile(r"%(?:\([^)]*\))?[-+ #0]*(\*|\d*)(?:\.(\*|\d*))?")
_WITHOUT_TEXT: tuple[Callable[..., str], ...] = (object.__str__, BaseModel.__str__, Record.__str__)


def printable(value: Any) -> Any:
    """Return a value that can be printed; raise `SecurityError` for one that is no text, number, day or list of such."""
    kind = type(value)
    if issubclass(kind, Undefined):
        return value  # which tells its name as soon as it is printed
    allowed = attributes(kind)
    if allowed is None:
        raise SecurityError(f"a {kind.__name__.lower()} cannot be printed")
    if issubclass(kind, (Macro, LoopContext, BlockReference, *TEMPLATE_NAMESPACES)):
        raise SecurityError(f"a {kind.__name__} cannot be printed")
    if kind in ITERABLES or isinstance(value, tuple | list | set | frozenset | Mapping):
        raise SecurityError(f"a {kind.__name__} cannot be printed as it is; go through it, or join it:  |join(', ')")
    if is_ours(kind) and kind.__str__ in _WITHOUT_TEXT:
        raise SecurityError(f"this is a whole record; print one of its facts: {', '.join(sorted(allowed)[:20])}")
    return value


def check_printable(values: Iterable[Any]) -> None:
    """Raise `SecurityError` for a value that cannot be printed, where Python's own words for it would be."""
    for value in values:
        printable(value)


def check_format(text: str) -> None:
    """Raise `SecurityError` where a format pads to a width that no document has: ``%9999d``."""
    for match in _WIDTH.finditer(text):
        if any(part == "*" or (part or "0").isdigit() and int(part or 0) > _WIDEST for part in match.groups("")):
            raise SecurityError(f"“{match[0][:40]}” pads to more than {_WIDEST:,} characters")


def bounded_range() -> Callable[..., range]:
    """Return the function ``range`` of one document, whose ranges have `MOST_ITEMS` items together at most."""
    left = MOST_ITEMS

    def bounded(*bounds: int) -> range:
        nonlocal left
        numbers = range(*bounds)
        left -= min(len(numbers), MOST_ITEMS + 1)
        if left < 0:
            raise SecurityError(f"its loops run more than {MOST_ITEMS:,} times, more than a document needs")
        return numbers

    return bounded


def checked_translation(original: Callable[..., Any], filled: set[str]) -> Callable[..., Any]:
    """Return a function of the extension ``i18n`` that takes what can be printed; labels with values go into `filled`, too."""

    @pass_context
    @functools.wraps(original)
    def translated(context: Context, *texts: Any, **variables: Any) -> Any:
        for text in texts:
            if isinstance(text, str):
                check_format(text)
        check_printable(variables.values())
        label = original(context, *texts, **variables)
        if variables:
            label = type(label)(TWO_STOPS.sub(r".\1", label))
            filled.add(" ".join(fallback.plain(Markup(label).striptags()).split()))
        return label

    translated.__module__ = __name__
    return translated


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


def _of_text(name: str) -> Callable[..., Any]:
    """Return one of Jinja's filters of texts that refuses what is none, where Python's own words for it would be printed."""
    original: Callable[..., Any] = _BOUNDED.get(name) or FILTERS[name]
    place = 1 if hasattr(original, "jinja_pass_arg") else 0

    @functools.wraps(original)
    def of_text(*values: Any, **options: Any) -> Any:
        check_printable((*values[place:], *options.values()))
        return original(*values, **options)

    return of_text


def _format(value: str, *values: Any, **named: Any) -> str:
    """Jinja's filter ``format``, with widths that a document can have."""
    check_format(value)
    check_printable((*values, *named.values()))
    return str(FILTERS["format"](value, *values, **named))


@pass_eval_context
def _join(context: EvalContext, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> Any:
    """Jinja's filter ``join``, of what can be printed."""
    items = list(value if attribute is None else map(make_attrgetter(context.environment, attribute), value))
    check_printable(items)
    return FILTERS["join"](context, items, d)


@pass_eval_context
def _xmlattr(context: EvalContext, d: Mapping[str, Any], autospace: bool = True) -> Any:
    """Jinja's filter ``xmlattr``, of what can be printed."""
    check_printable(d.values())
    return FILTERS["xmlattr"](context, d, autospace)


_BOUNDED = {name: _bounded(name) for name in ("batch", "center", "indent", "round", "slice", "wordwrap")}
_TEXTS = "capitalize center e escape forceescape indent lower replace string striptags title trim truncate upper urlize wordwrap".split()
CHECKED_FILTERS: Mapping[str, Callable[..., Any]] = {
    **_BOUNDED,
    **{name: _of_text(name) for name in _TEXTS},
    "format": _format,
    "join": _join,
    "xmlattr": _xmlattr,
}
"""Jinja's filters that are replaced, by name."""
