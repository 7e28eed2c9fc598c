"""Labels of the interface languages, from gettext catalogues in ``templates/locale/<language>.po``.

The English words in the templates are the message ids, so English needs no catalogue.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Mapping

from report.language import fallback, po_files, related
from report.language.po_files import Key
from report.values import Location, Problem, ReportError, Severity
from report.workspace import Workspace, bundled_templates, template_in

SOURCE = "en"
FEW = 4
"""So many labels are named that a language lacks; the command that writes the others is."""
TWO_STOPS = re.compile(r"(?<!\.)\.([\ue000-\ue003]*)\.(?!\.)")
"""The end of a label with a value that has a full stop itself: a Bulgarian date does (“2007 г.”)."""


class Labels:
    """The labels of one language; `forms` are those with plural forms, which `plural` chooses among.

    A label that the catalogue lacks is taken from the `fallback`, where it has it, and else collected as a problem, never shown in English.
    """

    def __init__(
        self,
        language: str,
        messages: Mapping[Key, tuple[str, ...]],
        location: Location | None,
        plural: Callable[[int], int] | None = None,
        forms: Collection[str] = (),
        fallback: Labels | None = None,
    ):
        self.language, self._messages, self._location, self._plural = language, messages, location, plural
        self._forms = frozenset(forms)
        self._fallback, self.fallback = fallback, fallback.language if fallback else None
        self._missing: dict[str, None] = {}
        self.asked: dict[Key, str | None] = {}
        """The labels that were asked for, each with its English plural, if it has one."""
        self.borrowed: dict[str, None] = {}
        """Those of them that the fallback language gave."""
        self.said: set[str] = set()
        """What was said: words of the program, not of the facts."""
        self.filled: set[str] = set()
        """What templates printed of labels with values in them, without mark-up."""

    def has(self, message: str, context: str | None = None) -> bool:
        """Say whether the catalogue has a label."""
        return self.language == SOURCE or bool(self._messages.get((message, context)))

    def get(self, message: str, context: str | None = None) -> str:
        """Return a label without any mark."""
        return self._told(message, context)[0]

    def marked(self, message: str, context: str | None = None) -> str:
        """Return a label as templates print it: what is of the fallback language is marked (`report.language.fallback`)."""
        told, foreign = self._told(message, context)
        return fallback.signed(told) if foreign else told

    def plural(self, one: str, many: str, count: int) -> str:
        """Return the form for `count` by the catalogue's rule, or, from one without forms, one label or the other."""
        return self._counted(one, many, count)[0]

    def marked_plural(self, one: str, many: str, count: int) -> str:
        """Return the form for `count` as templates print it."""
        told, foreign = self._counted(one, many, count)
        return fallback.signed(told) if foreign else told

    def _told(self, message: str, context: str | None) -> tuple[str, bool]:
        """Return a label, and whether the fallback language gave it."""
        self.asked.setdefault((message, context))
        if self.has(message, context):
            return self._say((message,) if self.language == SOURCE else self._messages[message, context]), False
        if self._fallback and self._fallback.has(message, context):
            self.borrowed[message] = None
            return self._say((self._fallback.get(message, context),)), True
        self._missing[message] = None
        return self._say((message,)), False

    def _counted(self, one: str, many: str, count: int) -> tuple[str, bool]:
        """Return the form for `count`, and whether the fallback language gave it."""
        self.asked[one, None] = many
        if one in self._forms and self._plural:
            forms = self._messages[one, None]
            return self._say(forms, min(self._plural(count), len(forms) - 1)), False
        chosen = one if count == 1 else many
        if self.has(chosen):
            return self._say((chosen,) if self.language == SOURCE else self._messages[chosen, None]), False
        if self._fallback and (one in self._fallback._forms or self._fallback.has(chosen)):
            self.borrowed[one] = None
            return self._say((self._fallback.plural(one, many, count),)), True
        self._missing[one] = None
        return self._say((chosen,)), False

    def _say(self, forms: tuple[str, ...], place: int = 0) -> str:
        self.said.update(forms)
        return forms[place]

    def problems(self) -> list[Problem]:
        """Return an error that counts the labels that were asked for in vain, if there are any."""
        if not self._missing:
            return []
        hint = f"{todo(self.language)}, or add  fallback: {SOURCE}  to the document"
        return [Problem(Severity.ERROR, "label.missing", self._lacking(self._missing), self._location, hint)]

    def warnings(self) -> list[Problem]:
        """Return a warning that counts the labels that the fallback language gave, if there are any."""
        if not self.borrowed or not self._fallback:
            return []
        other = related.english(self._fallback.language)
        message = f"{self._lacking(self.borrowed)}; they are shown in {other} and marked"
        return [Problem(Severity.WARNING, "label.fallback", message, self._location, todo(self.language))]

    def _lacking(self, lacking: Collection[str]) -> str:
        return lack(lacking, len(self.asked), self.language)


def lack(lacking: Collection[str], asked: int, language: str) -> str:
    """Return the words for labels that a catalogue lacks, of so many that were `asked` for: their number, and the first of them."""
    many = f"{len(lacking)} label{'s' if len(lacking) != 1 else ''} of {asked}"
    first = list(lacking) if len(lacking) <= FEW + 1 else list(lacking)[:FEW]
    listed = ", ".join(f"“{message}”" for message in first)
    left = len(lacking) - len(first)
    more = f", and {left} more, which  report language {language} --missing  lists" if left else ""
    return f"{many} {'have' if len(lacking) != 1 else 'has'} no {related.english(language)}: {listed}{more}"


def todo(language: str) -> str:
    """Return what to do about labels that a language lacks."""
    return f"run  report language {language}  and translate what is empty in templates/locale/{language}.po"


def languages(workspace: Workspace) -> tuple[str, ...]:
    """Return the languages that documents can be made in."""
    return workspace.once("languages", lambda: _languages(workspace))


def _languages(workspace: Workspace) -> tuple[str, ...]:
    found = {path.stem for root in workspace.template_roots for path in (root / "locale").glob("*.po")}
    return tuple(sorted({SOURCE, *(language for language in found if is_known(language))}))


@functools.cache
def is_known(language: str) -> bool:
    """Return whether Babel can write dates and numbers in a language."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415 - English needs none

    try:
        return bool(Locale.parse(language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return False


def load(workspace: Workspace, language: str, fallback: str | None = None) -> Labels:
    """Read a language's catalogues, the workspace's own over the bundled one; once per process, unless one changes.

    What they lack comes from the `fallback` language, where one is given. Raise `ReportError` for a catalogue that cannot be used.
    """
    if language == SOURCE:
        return Labels(language, {}, None)
    states = _states(workspace, language)
    found = po_files.read(states, language)
    own = found.location if found.location and found.location.path.is_relative_to(workspace.root) else None
    _refuse_copies(workspace, language, states, found.messages)
    other = load(workspace, fallback) if fallback and fallback != language else None
    return Labels(language, found.messages, own, found.plural, found.counted, other)


def _refuse_copies(
    workspace: Workspace, language: str, states: tuple[po_files.State, ...], told: po_files.Messages
) -> None:
    """Raise `ReportError` where a catalogue is really another language's, which was there before it."""
    for other in related.likely_copied(language, languages(workspace)) if states else ():
        theirs = _states(workspace, other)
        if theirs and _copied_from(theirs) >= _copied_from(states):
            continue
        try:
            copied = po_files.read(theirs, other).messages
        except ReportError:  # told where that language is asked for
            continue
        if other == SOURCE or copied:
            related.refuse_copy(told, copied, language, other, Location(states[-1][0]))


def _copied_from(states: tuple[po_files.State, ...]) -> tuple[bool, int, str]:
    """Return by what a copy comes after what it was made of: the program's own were there before, and a copy is younger."""
    path, changed, _ = states[-1]
    return not path.is_relative_to(bundled_templates()), changed, path.name


def _states(workspace: Workspace, language: str) -> tuple[po_files.State, ...]:
    found = [template_in(root, f"locale/{language}.po") for root in reversed(workspace.template_roots)]
    return tuple(po_files.state(path) for path in found if path)
