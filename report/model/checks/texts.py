"""Texts: how long they are, their languages, and which translations are missing."""

from __future__ import annotations

from collections.abc import Iterator

from report.model import codes
from report.model.checks.place import Place
from report.model.dossier import Dossier
from report.model.walk import LocatedText, Part, Steps, parts, texts_of
from report.source.caching import cached_by_identity
from report.values import Problem, Severity

MAX = {"name": 300, "acronym": 60, "label": 120, "title": 300, "subtitle": 200}
"""Most characters of a name, an acronym, a label, a title."""
MAX_COVER_TITLE = 110
"""Most characters of a document's title: it stands in large type above the cover's art."""


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield names that are too long, texts in unknown languages, and what calls lack in their languages."""
    yield from _lengths(dossier)
    yield from _unknown_languages(dossier)
    for part in parts(dossier):
        for found in texts_of(part):
            if found.in_call:  # it goes into no document, which would report it
                for language in dossier.calls[int(found.steps[1])].languages:
                    yield from _missing(dossier, found, language)


def _lengths(dossier: Dossier) -> Iterator[Problem]:
    """Names and titles stand in headers, contents and labels: a very long one is a slip, and would stall the layout."""
    for part in parts(dossier):
        for file, steps, message in _too_long(part):
            hint = "shorten it; there is room for more in a summary"
            yield Place(dossier, file, steps).error("text.long", message, hint)


@cached_by_identity
def _too_long(part: Part) -> tuple[tuple[str, Steps, str], ...]:
    """Return the file of every text that is too long, the steps to it, and the message."""
    long = []
    for found in texts_of(part):
        name = str(found.steps[-1])
        most = MAX_COVER_TITLE if (found.file, name) == ("documents.yaml", "title") else MAX.get(name)
        for language, text in found.text.by_language.items() if most else ():
            if most and len(text) > most:
                message = f"the {name} has {len(text):,} characters; the most is {most}"
                long.append((found.file, (*found.steps, language), message))
    return tuple(long)


def _unknown_languages(dossier: Dossier) -> Iterator[Problem]:
    requested = (language for request in dossier.documents for language in request.languages)
    known = list(dict.fromkeys([*dossier.organisation.languages, *requested]))
    for part in parts(dossier):
        for file, steps in _in_unknown_languages(part):
            code = str(steps[-1])
            meant = codes.language_meant(code, known)
            hint = f"write {meant}" if meant else "write the code of ISO 639, such as en or bg"
            message = f"'{code}' is not the code of a language: no document prints this text"
            where = dossier.locate(file, *steps, key=True)
            yield Problem(Severity.WARNING, "text.language", message, where, hint)


@cached_by_identity
def _in_unknown_languages(part: Part) -> tuple[tuple[str, Steps], ...]:
    """Return the file and steps of the texts in languages that do not exist."""
    every = ((one.file, (*one.steps, language)) for one in texts_of(part) for language in one.text.by_language)
    return tuple((file, steps) for file, steps in every if not codes.is_language(str(steps[-1])))


def untranslated(dossier: Dossier) -> Iterator[Problem]:
    """Yield an error for each text that is missing in a language of the documents, whether or not they print it."""
    wanted = frozenset(language for request in dossier.documents for language in request.languages)
    for found in _partly_translated(dossier, wanted):
        own = found.file == "documents.yaml"
        for language in dossier.documents[int(found.steps[1])].languages if own else sorted(wanted):
            requests = (one for one in dossier.documents if language in one.languages)
            if not any(found.text.in_language(language, one.fallback) for one in requests):
                yield from _missing(dossier, found, language)


def _missing(dossier: Dossier, found: LocatedText, language: str) -> Iterator[Problem]:
    if found.text.in_language(language) is None:
        spoken = ", ".join(found.text.by_language)
        message = f"the text is missing in '{language}'; it has {spoken}"
        hint = dossier.files[found.file].to_translate(found.steps, spoken, language)
        yield Place(dossier, found.file, found.steps).error("text.missing", message, hint)


def _partly_translated(dossier: Dossier, wanted: frozenset[str]) -> Iterator[LocatedText]:
    """Yield the texts of documents that lack some of the languages `wanted`."""
    for part in parts(dossier):
        if not all(wanted <= languages for languages in _languages(part)):
            for found in texts_of(part):
                if not (found.in_call or found.text.original or wanted <= found.text.by_language.keys()):
                    yield found


@cached_by_identity
def _languages(part: Part) -> frozenset[frozenset[str]]:
    """Return the sets of languages that texts of documents have."""
    translated = (found for found in texts_of(part) if not (found.in_call or found.text.original))
    return frozenset(frozenset(found.text.by_language) for found in translated)
