"""Texts that a document prints and that its language lacks: noted where they were printed, reported where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.compose.checks.draft import Draft
from report.model.dossier import Dossier
from report.model.text import Text
from report.model.walk import LocatedText, texts
from report.values import Location, Problem, Severity


def problems(draft: Draft) -> Iterator[Problem]:
    """Yield an error for each text that was to be written and that the document's language lacks.

    Plain texts are reported together, where their file says of which language they are; what is no text of the facts, in the template.
    """
    dossier, language, missing = draft.dossier, draft.language, dict(draft.writer.untold)
    plain: dict[tuple[str, str], int] = {}
    for place in _places(dossier, missing):
        missing.pop(id(place.text), None)
        languages = ", ".join(place.text.by_language)
        if dossier.is_plain(place.file, place.steps) and not any(
            languages in one.languages for one in dossier.documents
        ):
            key = ("networks.yaml" if place.file == "networks.yaml" else "organisation.yaml", languages)
            plain[key] = plain.get(key, 0) + 1
        else:
            hint = dossier.files[place.file].to_translate(place.steps, languages, language)
            yield _problem(draft, place, Severity.ERROR, hint)
    for (file, languages), count in plain.items():
        message = f"plain texts count as {languages}, the first of languages, but no document is in it: {count} are missing in '{language}'"
        declared = dossier.files[file].data.get("languages") or [languages]
        first = ", ".join([language, *(one for one in declared if one != language)])
        hint = f"if they are in '{language}' write  languages: [{first}]  ; if not, write each as  {{{languages}: …, {language}: …}}"
        yield Problem(Severity.ERROR, "text.missing", message, dossier.locate(file, "languages"), hint)
    for text in missing.values():
        message = f"a text is missing in '{language}': {next(iter(text.by_language.values()))[:60]}…"
        yield Problem(Severity.ERROR, "text.missing", message, Location(draft.template), "translate it, too")


def warnings(draft: Draft) -> Iterator[Problem]:
    """Yield a warning for each text that was written in the fallback language."""
    for place in _places(draft.dossier, draft.writer.borrowed):
        yield _problem(draft, place, Severity.WARNING, "the fallback language is printed, and marked")


def _places(dossier: Dossier, wanted: Mapping[int, Text]) -> Iterator[LocatedText]:
    yield from (place for place in (texts(dossier) if wanted else ()) if id(place.text) in wanted)


def _problem(draft: Draft, place: LocatedText, severity: Severity, hint: str) -> Problem:
    message = f"the text is missing in '{draft.language}'; it has {', '.join(place.text.by_language)}"
    return Problem(severity, "text.missing", message, draft.dossier.locate(place.file, *place.steps), hint)
