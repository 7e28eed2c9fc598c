"""Facts and a template become a `Document`."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from report.compose import charts, finish, glyphs, kind, labels, origins, pictures, theme
from report.compose.charts.pen import Pen
from report.compose.environment import environment, render
from report.compose.filters import Writer
from report.compose.parser import parse, remember
from report.compose.verify import Places, verify
from report.compose.views import context
from report.model import faults
from report.model.document import DocumentRequest
from report.model.dossier import Dossier, YearFacts
from report.values import Attachment, Document, Location, Look, Problem, ReportError, Severity
from report.workspace import Workspace


def compose(workspace: Workspace, dossier: Dossier, request: DocumentRequest, language: str) -> Document:
    """Compose one document in one language; raise `ReportError` with all that is wrong with it."""
    writer, words = Writer(language, request.fallback), labels.load(workspace, language)
    made, folder = kind.load(workspace, request.kind)
    look = theme.look(workspace, request.theme, request.kind)
    sections = request.sections or made.sections
    facts = context(dossier, request, sections)
    values = {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}
    drawn = charts.figures(dossier, facts, Pen(writer, words), sections)
    values |= {
        "facts": facts,
        "figures": drawn,
        "language": language,
        "typefaces": _typefaces(look),
        "sections": sections,
        "kind": request.kind,
    }
    template = f"{request.kind}/body.html.j2"
    html = render(environment(workspace, writer, words), template, values)
    try:
        root = parse(html)
        came_from = origins.found(root)
        finish.finish(root, words.get)
    except RecursionError:
        raise ReportError.of("html.depth", "elements are nested too deep", Location(folder / "body.html.j2")) from None
    assets: dict = {}
    folders = (workspace.data / dossier.id, *workspace.template_roots)
    problems = [
        *words.problems(),
        *verify(
            root,
            Places(
                folder / "body.html.j2", came_from, folders, _named(dossier), frozenset(f.src for f in drawn.values())
            ),
            assets,
        ),
    ]
    pictures.fit(root, assets)
    shown = {image.get("src") for image in root.iter("img")}
    html = finish.serialise(root)
    remember(html, root)
    problems += _glyphs("".join(root.itertext()), look, Location(folder / "body.html.j2"))
    if problems:
        raise ReportError(problems)
    return Document(
        title=f"{writer.plain(request.title)} – {writer.plain(dossier.organisation.name)}",
        language=language,
        kind=request.kind,
        html=html,
        date=request.date,
        look=look,
        author=writer.plain(dossier.organisation.name),
        description=writer.plain(request.subtitle) if request.subtitle else "",
        assets=MappingProxyType(assets),
        attachments=(_facts(dossier, request, words),),
        drawings=MappingProxyType({f.src: f.drawing for f in drawn.values() if f.src in shown}),
    )


def _typefaces(look: Look) -> tuple[str, ...]:
    return tuple(dict.fromkeys(face.family for face in look.fonts if face.role != "symbols"))


def _named(dossier: Dossier) -> dict[str, Location]:
    """Return where the facts name a picture."""
    found: list[tuple[str, Location | None]] = []
    if logo := dossier.organisation.logo:
        found.append((logo.file, dossier.locate("organisation.yaml", "logo", "file")))
    for number, year in dossier.years.items():
        for index, picture in enumerate(year.year.pictures):
            found.append((picture.file, dossier.locate(f"{number}/year.yaml", "pictures", index, "file")))
        for index, story in enumerate(year.stories):
            if story.picture:
                where = dossier.locate(f"{number}/stories.yaml", "stories", index, "picture", "file")
                found.append((story.picture.file, where))
    return {file: where for file, where in found if where}


def requests(workspace: Workspace, dossier: Dossier) -> list[Problem]:
    """Return what is wrong with an organisation's document requests: kinds, themes, languages, sections."""
    problems = []
    known = labels.languages(workspace)
    for index, request in enumerate(dossier.documents):
        steps = ("documents", index)
        for place, language in enumerate(request.languages):
            if language not in known:
                where = dossier.locate("documents.yaml", *steps, "languages", place)
                message = f"there is no catalogue of labels for '{language}'"
                problems.append(
                    Problem(Severity.ERROR, "document.language", message, where, f"there are {', '.join(known)}")
                )
        for name, read in (
            ("kind", lambda r: kind.load(workspace, r.kind)),
            ("theme", lambda r: theme.look(workspace, r.theme, r.kind)),
        ):
            try:
                read(request)
            except ReportError as error:
                at = dossier.locate("documents.yaml", *steps, name)
                problems += [dataclasses.replace(p, location=p.location or at) for p in error.problems]
        problems += _sections(workspace, dossier, index)
    return problems


def _sections(workspace: Workspace, dossier: Dossier, index: int) -> list[Problem]:
    request = dossier.documents[index]
    try:
        known = kind.load(workspace, request.kind)[0].sections
    except ReportError:
        return []
    return [
        Problem(
            Severity.ERROR,
            "document.section",
            f"the kind '{request.kind}' has no section '{section}'",
            dossier.locate("documents.yaml", "documents", index, "sections", place),
            faults.nearest(section, known, "there are"),
        )
        for place, section in enumerate(request.sections)
        if section not in known
    ]


def _glyphs(text: str, look, location: Location) -> list[Problem]:
    families = ", ".join(dict.fromkeys(face.family for face in look.fonts))
    return [
        Problem(
            Severity.ERROR,
            "glyph.missing",
            f"no font of the theme has the character {glyphs.describe(c)}",
            location,
            f"the fonts are {families}",
        )
        for c in glyphs.uncovered(text, look.fonts)
    ]


def characters(workspace: Workspace, dossier: Dossier) -> list[Problem]:
    """Return an error for every fact with a character that the fonts of the organisation's documents lack."""
    from report.model.walk import texts  # noqa: PLC0415

    looks = {}
    for request in dossier.documents:
        try:
            looks[request.theme] = theme.look(workspace, request.theme, request.kind)
        except ReportError:
            continue
    problems = []
    found = list(texts(dossier))
    for look in looks.values():
        known_bad = set(glyphs.uncovered("".join(t for f in found for t in f.text.by_language.values()), look.fonts))
        for place in found if known_bad else ():
            for language, told in place.text.by_language.items():
                for c in dict.fromkeys(told):
                    if c in known_bad:
                        where = dossier.locate(place.file, *place.steps, language)
                        message = f"no font of the theme '{look.theme}' has the character {glyphs.describe(c)}"
                        problems.append(
                            Problem(
                                Severity.ERROR,
                                "glyph.missing",
                                message,
                                where,
                                "write it another way, or add a font to the theme",
                            )
                        )
    return problems


def _facts(dossier: Dossier, request: DocumentRequest, words: labels.Labels) -> Attachment:
    """Return the facts that a document was made from, as JSON for machines."""
    facts = {
        "document": request.model_dump(mode="json", exclude_none=True),
        "organisation": {"id": dossier.id, **dossier.organisation.model_dump(mode="json", exclude_none=True)},
        "affiliations": [a.model_dump(mode="json", exclude_none=True) for a in dossier.affiliations],
        "objectives": [o.model_dump(mode="json", exclude_none=True) for o in dossier.objectives],
        "networks": [n.model_dump(mode="json", exclude_none=True) for n in dossier.networks.values()],
        "institutions": [i.model_dump(mode="json", exclude_none=True) for i in dossier.institutions.values()],
        "sources": [s.model_dump(mode="json", exclude_none=True) for s in dossier.sources.values()],
    }
    year = dossier.years.get(request.year) if request.year is not None else None
    if year:
        facts |= _facts_of_year(dossier, year)
    content = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return Attachment("facts.json", content, "application/json", words.get("The facts this document was made from"))


def _facts_of_year(dossier: Dossier, year: YearFacts) -> dict[str, Any]:
    """Return a year's facts, without those who asked not to be published."""

    def plain(values: Iterable[BaseModel]) -> list[dict[str, Any]]:
        return [value.model_dump(mode="json", exclude_none=True) for value in values]

    def gifts(values: Iterable[BaseModel], party: str) -> list[dict[str, Any]]:
        rows = plain(values)
        for row in rows:
            if not row[party]["publish"]:
                row[party].pop("name", None)
        return rows

    return {
        "people": plain(person for person in dossier.people if person.publish),
        "programmes": plain(dossier.programmes),
        "indicators": plain(dossier.indicators),
        "year": {
            "number": year.number,
            **year.year.model_dump(mode="json", exclude_none=True),
            "activities": plain(year.activities),
            "results": plain(year.results),
            "finance": year.finance.model_dump(mode="json", exclude_none=True) if year.finance else None,
            "received": gifts(year.received, "donor"),
            "given": gifts(year.given, "recipient"),
            "stories": plain(year.stories),
        },
    }
