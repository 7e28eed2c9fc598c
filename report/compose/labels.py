"""Labels of the interface languages, from gettext catalogues in ``templates/locale/<language>.po``.

The English words in the templates are the message ids, so English needs no catalogue.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection
from gettext import c2py
from pathlib import Path

from report.values import Location, Problem, ReportError, Severity
from report.workspace import Workspace, template_in

SOURCE = "en"
_PLACEHOLDER = re.compile(r"%\(\w+\)s")
TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")
"""The end of a label with a value that has a full stop itself: a Bulgarian date does (“2007 г.”)."""
MOST = 10
"""More labels than these are missing together: the catalogue is of something else."""


class Labels:
    """The labels of one language; `forms` are those with plural forms, which `plural` chooses among.

    A label that the catalogue lacks is collected as a problem, never shown in English.
    """

    def __init__(
        self,
        language: str,
        messages: dict[tuple[str, str | None], tuple[str, ...]],
        location: Location | None,
        plural: Callable[[int], int] | None = None,
        forms: Collection[str] = (),
    ):
        self.language, self._messages, self._location, self._plural = language, messages, location, plural
        self._forms = frozenset(forms)
        self._missing: dict[str, None] = {}
        self.said: set[str] = set()
        """The labels that were asked for: words of the program, not of the facts."""

    def get(self, message: str, context: str | None = None) -> str:
        found = (message,) if self.language == SOURCE else self._messages.get((message, context))
        if not found:
            self._missing[message] = None
        told = found[0] if found else message
        self.said.add(told)
        return told

    def plural(self, one: str, many: str, count: int) -> str:
        """Return the form for `count` by the catalogue's rule, or, from one without forms, one label or the other."""
        if one in self._forms and self._plural:
            forms = self._messages[one, None]
            self.said.update(forms)
            return forms[min(self._plural(count), len(forms) - 1)]
        return self.get(one if count == 1 else many)

    def problems(self) -> list[Problem]:
        """Return an error for each label that was asked for in vain."""
        said = [f"the catalogue lacks the label “{message}”" for message in self._missing]
        if len(said) > MOST:
            said = [f"the catalogue lacks {len(said)} labels, the first is “{next(iter(self._missing))}”"]
        return [
            Problem(Severity.ERROR, "label.missing", message, self._location, "add it to the catalogue")
            for message in said
        ]


def languages(workspace: Workspace) -> tuple[str, ...]:
    """Return the languages that documents can be made in."""
    return workspace.once("languages", lambda: _languages(workspace))


def _languages(workspace: Workspace) -> tuple[str, ...]:
    found = {path.stem for root in workspace.template_roots for path in (root / "locale").glob("*.po")}
    return tuple(sorted({SOURCE, *(language for language in found if _is_known(language))}))


@functools.cache
def _is_known(language: str) -> bool:
    """Return whether Babel can write dates and numbers in a language."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415 - English needs none

    try:
        return bool(Locale.parse(language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return False


def load(workspace: Workspace, language: str) -> Labels:
    """Read a language's catalogues, the workspace's own over the bundled one; once per process, unless one changes."""
    if language == SOURCE:
        return Labels(language, {}, None)
    found = [template_in(root, f"locale/{language}.po") for root in reversed(workspace.template_roots)]
    states = tuple((path, *_state(path)) for path in found if path)
    return Labels(language, *_messages(states, language))


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


Messages = dict[tuple[str, str | None], tuple[str, ...]]


@functools.lru_cache(maxsize=16)
def _messages(
    states: tuple[tuple[Path, int, int], ...], language: str
) -> tuple[Messages, Location | None, Callable[[int], int] | None, frozenset[str]]:
    """Return the messages of catalogues, the last one's place, their plural rule, and the labels with plural forms."""
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 - English needs none

    messages: Messages = {}
    plurals: set[str] = set()
    location, plural = None, None
    for path, *_ in states:
        location = Location(path)
        try:
            with path.open("rb") as file:
                catalogue = read_po(file, locale=language, abort_invalid=True)
        except PoFileError as error:
            raise ReportError.of("label.catalogue", str(error), Location(path, error.lineno or 1)) from None
        except (UnicodeError, LookupError, OSError, ValueError) as error:
            message = f"the catalogue cannot be read: {error}"
            raise ReportError.of(
                "label.catalogue", message, location, "save it as UTF-8, as gettext's tools do"
            ) from None
        for m in catalogue:
            if m.id and not m.fuzzy:
                one, *others = m.id if m.pluralizable else (m.id,)
                forms = tuple(m.string) if m.pluralizable else (m.string,)
                if all(forms):
                    _compare((one, *others), forms, Location(path, m.lineno))
                    messages[one, m.context] = forms
                    (plurals.add if m.pluralizable else plurals.discard)(one)
        plural = _rule(catalogue.plural_expr, location)
    return messages, location, plural, frozenset(plurals)


def _rule(expression: str, location: Location) -> Callable[[int], int]:
    """Return a catalogue's plural rule; raise `ReportError` for one that is none."""
    try:
        rule = c2py(expression)
        for count in range(201):
            rule(count)
    except (ValueError, ArithmeticError, RecursionError) as error:
        message = f"Plural-Forms is no rule: {error}"
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
            raise ReportError.of("label.placeholder", message, location, "keep what stands as %(name)s as it is")
