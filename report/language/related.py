"""Which languages are near one another, and which catalogue is really another language's.

Languages of one script are near, by the likely script of each in the Unicode CLDR: whoever translates into Macedonian reads
Bulgarian. A catalogue that was copied, and is not translated yet, would make a document in the other language.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping

from report.values import Location, ReportError

_STANDARDS = (frozenset({"bs", "cnr", "hr", "sh", "sr"}), frozenset({"da", "nb", "nn", "no"}), frozenset({"id", "ms"}))
"""Written languages that share most words."""
_FEW = 20
"""Of fewer labels nothing is concluded."""
_COPIED = 0.5
"""So large a part of labels is never alike in two languages."""
Forms = Mapping[tuple[str, str | None], tuple[str, ...]]


@functools.cache
def script(language: str) -> str:
    """Return the script that a language is mostly written in (ISO 15924): ``mk`` in Cyrl."""
    from babel.core import get_global  # noqa: PLC0415 - English needs none

    likely, parts = get_global("likely_subtags"), language.replace("_", "-").split("-")
    if said := next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), None):
        return said.title()
    region = next((part.upper() for part in parts[1:] if len(part) == 2), "")
    found = likely.get(f"{_base(language)}_{region}") or likely.get(_base(language)) or ""
    return next((part for part in found.split("_") if len(part) == 4), "Latn")


def nearest(language: str, others: Collection[str]) -> str | None:
    """Return the language whose translations help most: of the same language, or of the same script; the first of several."""
    near = [other for other in others if other != language and script(other) == script(language)]
    same = [other for other in others if other != language and _base(other) == _base(language)]
    return next(iter([*same, *near]), None)


def likely_copied(language: str, others: Collection[str]) -> list[str]:
    """Return the languages that a catalogue may have been copied from and left as it was."""
    group = next((one for one in _STANDARDS if _base(language) in one), frozenset({_base(language)}))
    return [
        other
        for other in others
        if other != language and not (_base(other) in group and script(other) == script(language))
    ]


def refuse_copy(told: Forms, theirs: Forms, language: str, other: str, location: Location) -> None:
    """Raise `ReportError` where most labels of a catalogue are those of another language; of English, where `theirs` is empty."""
    pairs = [
        (forms, theirs.get(key, ()) if theirs else (key[0],))
        for key, forms in told.items()
        if (theirs.get(key) if theirs else key[0])
    ]
    pairs = [(one, two) for one, two in pairs if any(c.isalpha() for c in one[0])]
    alike = sum(one[0] == two[0] for one, two in pairs)
    if len(pairs) < _FEW or alike < _COPIED * len(pairs):
        return
    message = f"{alike} of the {len(pairs)} labels of this {english(language)} catalogue are {english(other)}"
    hint = f"empty them; then  report language {language}  shows what is to be translated"
    raise ReportError.of("label.language", message, location, hint)


def refuse_other(said: str | None, language: str, location: Location) -> None:
    """Raise `ReportError` where a catalogue's header names another language."""
    if not said or _base(said) == _base(language):
        return
    message = f"the catalogue's header says  Language: {said}  and the file is called {location.path.name}"
    hint = f"move it away, and write a catalogue of {english(language)} with  report language {language}"
    raise ReportError.of("label.language", message, location, hint)


@functools.cache
def english(language: str) -> str:
    """Return the English name of a language: ``mk`` is Macedonian."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415 - English needs none

    try:
        return Locale.parse(language.replace("-", "_")).english_name or language
    except (UnknownLocaleError, ValueError):
        return language


def _base(language: str) -> str:
    """Return the language of a tag without script and region; an old code is that of today (iw is he)."""
    from babel.core import get_global  # noqa: PLC0415 - English needs none

    first = re.split("[-_@.]", language)[0].lower()
    return str(get_global("language_aliases").get(first, first))
