"""Characters of facts that the fonts of an organisation's documents lack."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import partial

from report.looks import glyphs, theme
from report.model.dossier import Dossier
from report.model.walk import LocatedText, Part, parts, texts_of
from report.source.caching import cached_by_identity
from report.values import Look, Problem, ReportError, Severity
from report.workspace import Workspace


def check(workspace: Workspace, dossier: Dossier) -> Iterator[Problem]:
    """Yield an error for every fact with a character that the fonts of a theme lack.

    Only the languages that documents are made in are looked at. A document that prints the fact finds it again, and is not made.
    """
    looks: dict[str, Look] = {}
    languages: dict[str, set[str | None]] = {}
    for request in dossier.documents:
        try:
            looks[request.theme] = theme.look(workspace, request.theme, request.kind)
        except ReportError:  # reported with the request
            continue
        languages.setdefault(request.theme, set()).update((*request.languages, request.fallback))
    for name, look in looks.items():
        known = workspace.once(("characters", name), partial(glyphs.characters, look.fonts))
        for place in _suspects(dossier, known):
            for language, words in place.text.by_language.items():
                if language not in languages[name] and language != place.text.original:
                    continue
                for character in glyphs.uncovered(words, known):
                    steps = (*place.steps, language)
                    where = dossier.within(place.file, steps, words, words.index(character))
                    message = f"no font of the theme '{look.theme}' has the character {glyphs.describe(character)}"
                    hint = "write it another way, or add a font to the theme"
                    yield Problem(Severity.ERROR, "glyph.missing", message, where, hint)


def _suspects(dossier: Dossier, known: Set[str]) -> Iterator[LocatedText]:
    """Yield the texts that may have other characters than those `known`, but for those of calls."""
    for part in parts(dossier):
        if not _characters(part) <= known:
            yield from (place for place in texts_of(part) if not place.in_call)


@cached_by_identity
def _characters(part: Part) -> frozenset[str]:
    """Return the characters of texts."""
    return frozenset().union(*(words for place in texts_of(part) for words in place.text.by_language.values()))
