"""Which files are to be made: jobs."""

from __future__ import annotations

from report.formats import FORMATS
from report.model.dossier import Dossier
from report.model.loading import partial
from report.model.suggestions import nearest
from report.values import Job, UsageError


def jobs(
    dossier: Dossier,
    documents: tuple[str, ...],
    languages: tuple[str, ...],
    wanted: tuple[str, ...],
    editions: tuple[str, ...] = (),
) -> list[Job]:
    """Return what is to be made; empty choices mean what documents.yaml says.

    Raise `UsageError` for a document, and for a language, that the organisation does not ask for. One whose
    request cannot be read has no jobs.
    """
    known = {request.id: request for request in dossier.documents}
    lost = partial.lacking(dossier.files.get("documents.yaml"), "documents")
    for name in documents:
        if name not in known and name not in lost:
            hint = nearest(name, known, "available:")
            raise UsageError.of(
                "document.unknown", f"{dossier.id} has no document '{name}'", dossier.locate("documents.yaml"), hint
            )
    chosen = [known[name] for name in dict.fromkeys(documents) if name in known] if documents else list(known.values())
    spoken = {language for request in chosen for language in request.languages}
    for language in languages if chosen else ():
        if language not in spoken:
            hint = f"add it to languages in documents.yaml; available: {', '.join(sorted(spoken))}"
            raise UsageError.of(
                "language.unknown", f"no chosen document of {dossier.id} is made in '{language}'", hint=hint
            )
    return [
        Job(
            dossier.id,
            request.id,
            language,
            tuple(f for f in FORMATS if f in (wanted or request.formats)),
            edition,
        )
        for request in chosen
        for language in dict.fromkeys(request.languages)
        if not languages or language in languages
        for edition in editions or request.editions
    ]
