"""The sandbox of templates and of tags in Word forms: plain values, and nothing that belongs to a library.

The rule is a list of what is allowed, by the exact type of a value, and everything else is refused: attributes, items and
calls are looked up here, and what a call returns is looked at, too. So a library's object that is handed in by mistake has no
attribute, no item and no method, and cannot be printed. `allowed` has the list, `filters` what replaces Jinja's own filters.
"""

from __future__ import annotations

import contextlib
import types
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from report.compose.templates.allowed import TEMPLATE_NAMESPACES, attributes, is_ours, is_plain
from report.compose.templates.filters import (
    CHECKED_FILTERS,
    MOST_ITEMS,
    bounded_range,
    check_format,
    check_printable,
    checked_translation,
    printable,
)
from report.model.unreadable import Unreadable

_HIGHEST_POWER = 16
_OMITTED_GLOBALS = ("lipsum", "cycler", "joiner")
"""Jinja's globals that no document needs; `lipsum` says something else each time."""
_OMITTED_FILTERS = ("pprint", "random")
"""Jinja's filters that show a program's insides, or say something else each time."""
_CONCAT = "~"
"""The filter that what ``~`` joins goes through, by a name that no template can write."""


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
        super().__init__(finalize=(lambda value: printable(finalize(value))) if finalize else printable, **options)
        for name in _OMITTED_GLOBALS:
            self.globals.pop(name, None)
        for name in _OMITTED_FILTERS:
            self.filters.pop(name, None)
        self.filters.update(CHECKED_FILTERS)
        self.filters[_CONCAT] = printable
        self.globals["range"] = bounded_range()

    def _generate(self, source: nodes.Template, *options: Any, **more: Any) -> str:
        """Let ``~`` join what can be printed, and nothing else."""
        for joined in source.find_all(nodes.Concat):
            joined.nodes = [nodes.Filter(part, _CONCAT, [], [], None, None) for part in joined.nodes]
        return super()._generate(source, *options, **more)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a value's attribute, or item, if it may be asked for; an undefined value otherwise."""
        allowed = attributes(type(obj))
        if allowed is not None and attribute in allowed:
            return self.checked(getattr(obj, attribute))
        if isinstance(obj, Undefined) and not attribute.startswith("_"):
            return getattr(obj, attribute)  # which raises and names what is undefined
        if isinstance(obj, TEMPLATE_NAMESPACES) and not attribute.startswith("_"):
            return self._set_by_template(obj, attribute)
        if allowed is not None and isinstance(obj, Mapping) and attribute in obj:
            return self.checked(obj[attribute])
        if allowed is None or attribute.startswith("_") or attribute in dir(type(obj)):
            return self.unsafe_undefined(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def check_translations(self, filled: set[str]) -> None:
        """Let the functions that translate take what can be printed, in widths that a document has, and gather it in `filled`."""
        for name in ("gettext", "ngettext", "pgettext", "npgettext", "_"):
            if callable(original := self.globals.get(name)):
                self.globals[name] = checked_translation(original, filled)

    def _set_by_template(self, obj: Any, name: str) -> Any:
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
        if isinstance(obj, types.FunctionType | types.MethodType) and is_ours(obj):
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
            check_format(left)
            check_printable(right.values() if isinstance(right, Mapping) else right if isinstance(right, tuple) else (right,))  # fmt: skip
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
