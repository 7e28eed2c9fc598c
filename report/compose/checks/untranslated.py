"""Texts that a document prints and that are not told in its language: looked for where they were printed, told where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.language.writer import Writer
from report.model.dossier import Dossier
from report.model.text import Text
from report.model.walk import LocatedText, texts
from report.values import Location, Problem, Severity


def problems(dossier: Dossier, writer: Writer, template: Location) -> Iterator[Problem]:
    """Yield an error for each text that a `writer` was to write and that its language lacks.

    Plain texts are told of together, where their file says of which language they are. What is no text of the facts is told of in the
    `template`.
    """
    missing, language = dict(writer.untold), writer.language
    plain: dict[tuple[str, str], int] = {}
    for found in _found(dossier, missing):
        missing.pop(id(found.text), None)
        spoken = ", ".join(found.text.by_language)
        if dossier.is_plain(found.file, found.steps) and not any(spoken in one.languages for one in dossier.documents):
            key = ("networks.yaml" if found.file == "networks.yaml" else "organisation.yaml", spoken)
            plain[key] = plain.get(key, 0) + 1
            continue
        message = f"the text is missing in '{language}'; it has {spoken}"
        hint = dossier.files[found.file].to_translate(found.steps, spoken, language)
        yield _problem(dossier, found, Severity.ERROR, message, hint)
    for (file, spoken), count in plain.items():
        message = f"plain texts count as {spoken}, the first of languages, but no document is in it: {count} are missing in '{language}'"
        own = dossier.files[file].data.get("languages") or [spoken]
        first = ", ".join([language, *(one for one in own if one != language)])
        hint = f"if they are in '{language}' write  languages: [{first}]  ; if not, write each as  {{{spoken}: …, {language}: …}}"
        yield Problem(Severity.ERROR, "text.missing", message, dossier.locate(file, "languages"), hint)
    for text in missing.values():
        said = next(iter(text.by_language.values()))[:60]
        yield Problem(
            Severity.ERROR,
            "text.missing",
            f"a text is missing in '{language}': {said}…",
            template,
            "translate it, too",
        )


def notes(dossier: Dossier, writer: Writer) -> Iterator[Problem]:
    """Yield a warning for each text that was written in the fallback language."""
    for found in _found(dossier, writer.borrowed):
        message = f"the text is missing in '{writer.language}'; it has {', '.join(found.text.by_language)}"
        yield _problem(dossier, found, Severity.WARNING, message, "the fallback language is printed, and marked")


def _found(dossier: Dossier, wanted: Mapping[int, Text]) -> Iterator[LocatedText]:
    yield from (found for found in (texts(dossier) if wanted else ()) if id(found.text) in wanted)


def _problem(dossier: Dossier, found: LocatedText, severity: Severity, message: str, hint: str) -> Problem:
    return Problem(severity, "text.missing", message, dossier.locate(found.file, *found.steps), hint)
