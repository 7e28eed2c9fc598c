"""Catalogues as gettext writes them, ``*.po``: reading, and what makes one unusable."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from gettext import c2py
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from report.language import related
from report.values import Location, ReportError

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

Key = tuple[str, str | None]
"""A label's English words and its context."""
Messages = dict[Key, tuple[str, ...]]
"""Translations, one for each plural form."""
State = tuple[Path, int, int]
"""A file with the time of its last change in nanoseconds and its size in bytes."""
_PLACEHOLDER = re.compile(r"%\(\w+\)s")


class Catalogues(NamedTuple):
    """The messages of a language's catalogues, the last one's place and plural rule, and the labels with plural forms."""

    messages: Messages
    location: Location | None
    plural: Callable[[int], int] | None
    counted: frozenset[str]


def state(path: Path) -> State:
    """Return the state of a file: what was read of it holds while it is the same."""
    found = path.stat()
    return path, found.st_mtime_ns, found.st_size


@functools.lru_cache(maxsize=16)
def read(states: tuple[State, ...], language: str) -> Catalogues:
    """Read catalogues, later ones over earlier ones; raise `ReportError` for one that cannot be used."""
    messages: Messages = {}
    counted: set[str] = set()
    location, plural = None, None
    for path, *_ in states:
        location = Location(path)
        catalogue = read_catalogue(path, language)
        for m in catalogue:
            if m.id and not m.fuzzy:
                told = forms(m)
                if all(told):
                    _compare(english_forms(m), told, Location(path, m.lineno))
                    messages[key(m)] = told
                    (counted.add if m.pluralizable else counted.discard)(key(m)[0])
        plural = _rule(catalogue.plural_expr, location)
    return Catalogues(messages, location, plural, frozenset(counted))


def of_file(path: Path, language: str) -> Messages:
    """Return what one catalogue has a translation of."""
    return read((state(path),), language).messages


def key(message: Message) -> Key:
    """Return the key of a catalogue's entry."""
    return english_forms(message)[0], message.context


def english_forms(message: Message) -> tuple[str, ...]:
    """Return the English label of an entry, and its English plural if it has one."""
    return tuple(message.id) if isinstance(message.id, list | tuple) else (message.id,)


def forms(message: Message) -> tuple[str, ...]:
    """Return the translation of an entry, one for each plural form."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or "",)


def read_catalogue(path: Path, language: str) -> Catalog:
    """Read one file; raise `ReportError` where it is no catalogue, or says that it is one of another language."""
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 - English needs none

    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language.replace("-", "_"), abort_invalid=True)
    except PoFileError as error:
        raise ReportError.of("label.catalogue", str(error), Location(path, error.lineno or 1)) from None
    except (UnicodeError, LookupError, OSError, ValueError) as error:
        message, hint = f"the catalogue cannot be read: {error}", "save it as UTF-8, as gettext's tools do"
        raise ReportError.of("label.catalogue", message, Location(path), hint) from None
    related.refuse_other(catalogue.locale_identifier, language, _header(path))
    return catalogue


def _header(path: Path) -> Location:
    """Return the place where a catalogue says which language it is of."""
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
        if line.startswith('"Language:'):
            return Location(path, number, 1, excerpt=line)
    return Location(path)


def _rule(expression: str, location: Location) -> Callable[[int], int]:
    """Return a catalogue's plural rule; raise `ReportError` for one that is none."""
    try:
        rule = c2py(expression)
        for count in range(201):
            rule(count)
    except (ValueError, ArithmeticError, RecursionError) as error:
        message = f"Plural-Forms is not a valid rule: {error}"
        hint = "copy the header from another catalogue of the language"
        raise ReportError.of("label.catalogue", message, location, hint) from None
    return rule


def _compare(asked: tuple[str, ...], told: tuple[str, ...], location: Location) -> None:
    """Raise `ReportError` where a translation has mark-up or placeholders of its own."""
    for form in told:
        if any(c in form and c not in "".join(asked) for c in "<&"):
            message = f"the label “{form}” has mark-up that the template does not have"
            raise ReportError.of("label.markup", message, location, "write words only")
        strange = set(_PLACEHOLDER.findall(form)) - set(_PLACEHOLDER.findall("".join(asked)))
        model = asked[0] if form is told[0] else asked[-1]
        lost = set(_PLACEHOLDER.findall(model)) - set(_PLACEHOLDER.findall(form)) - {"%(n)s"}
        if "%" in _PLACEHOLDER.sub("", form).replace("%%", ""):
            message = f"the label “{form}” has a lone %"
            raise ReportError.of("label.placeholder", message, location, "write %% for a per cent sign")
        if strange or lost:
            message = f"the label “{form}” and its template differ in {', '.join(sorted(strange | lost))}"
            raise ReportError.of("label.placeholder", message, location, "keep placeholders such as %(name)s unchanged")
