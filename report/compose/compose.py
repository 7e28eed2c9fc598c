"""Facts and a template become a `Document`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as ET

from report.compose import (
    attached,
    charts,
    editions,
    finish,
    fitting,
    glyphs,
    kind,
    labels,
    leaks,
    marks,
    omissions,
    origins,
    pictures,
    printing,
    requirements,
    running,
    sparse,
    theme,
    workbooks,
)
from report.compose.charts.pen import Pen
from report.compose.citations import Citations
from report.compose.environment import environment
from report.compose.filters import Writer
from report.compose.parser import parse, remember
from report.compose.rendered import Printed, rendered
from report.compose.verify import Places, verify
from report.compose.views import context
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.names import Finder
from report.values import Document, Location, Look, Problem, ReportError, Severity
from report.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of a document is composed: its edition, and the variants of passages that a brochure's panels print.

    `removed` finds the names that were taken out of the facts of a redacted edition: one that is left is an error.
    """

    edition: str = "screen"
    removed: Finder | None = None
    lengths: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


_SCREEN = Version()


def compose(
    workspace: Workspace, dossier: Dossier, request: DocumentRequest, language: str, version: Version = _SCREEN
) -> Document:
    """Compose one document in one language; raise `ReportError` with all that is wrong with it."""
    edition, removed = version.edition, version.removed
    writer, words = Writer(language, request.fallback), labels.load(workspace, language)
    made, folder = kind.load(workspace, request.kind)
    printed = printing.printing(workspace, made, request, edition)
    look = theme.look(workspace, request.theme, request.kind)
    if printed:
        look = dataclasses.replace(look, tokens=MappingProxyType({**look.tokens, **printing.tokens(made, request)}))
    fitter = fitting.Fitter(writer, dossier, version.lengths)
    sections = made.printed(request)
    facts = context(dossier, request)
    drawn = charts.figures(dossier, facts, Pen(writer, words), sections)
    signs = marks.marks(dossier, facts, Pen(writer, words)) if printed else {}
    sources = {part.src: part.drawing for figure in drawn.values() for part in figure.parts} | signs
    asked = requirements.views(workspace, dossier, request, made, sections)
    values = _of_look(look) | {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}
    values |= {
        "figures": drawn,
        "marks": {mark.id: mark for mark in signs.values()},
        "printed": Printed(drawn),
        "requirements": asked,
    }
    values |= {"kind": request.kind, "language": language, "sections": sections, "edition": edition}
    made_for = environment(workspace, writer, words)
    citations = Citations(facts, writer)
    made_for.filters.update(fitter.filters() | citations.filters())
    template = workspace.template(f"{request.kind}/body.html.j2") or folder / "body.html.j2"
    html = rendered(made_for, f"{request.kind}/body.html.j2", values, citations)
    root, came_from = _tree(html, words, edition, template)
    book = workbooks.make(made.workbook, facts, Pen(writer, words))
    assets: dict = {}
    folders = (workspace.data / dossier.folder, *workspace.template_roots)
    places = Places(template, came_from, folders, _named(dossier), frozenset(sources))
    problems = [*words.problems(), *verify(root, places, assets), *_glyphs(root, look, Location(template))]
    pictures.fit(root, assets)
    html = finish.serialise(root)
    remember(html, root)
    shown = {image.get("src") for image in root.iter("img")}
    attachments = (attached.facts(dossier, request, sections, words, removed),)
    drawings = {src: drawing for src, drawing in sources.items() if src in shown}
    if removed and removed.names:
        own = (*words.said, *writer.said, *_typefaces(look), *_asked(asked))
        problems += leaks.Leaks(removed, own).check(root, came_from, attachments, drawings.values(), template, book)
    if problems:
        raise ReportError(problems)
    missing: tuple[Problem, ...] = ()
    if language == request.languages[0] and edition != "redacted":
        wanted = omissions.asked(made_for, request.kind, sections)
        chosen = bool(request.sections or request.without) or made.selects or made.press is not None
        seen = omissions.Printed.of(root, assets, chosen)
        panels = [panel.id for panel in printed.panels] if printed else []
        bare = sparse.told(dossier, request, root, writer.printed, panels) if wanted else ()
        missing = (*omissions.left_out(dossier, request, language, wanted, seen), *bare)
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
        attachments=attachments,
        drawings=MappingProxyType(drawings),
        workbook=book,
        printing=printed,
        fitted=fitter.texts(),
        left_out=missing,
    )


def _tree(
    html: str, words: labels.Labels, edition: str, template: Path
) -> tuple[ET.Element, Mapping[ET.Element, Path]]:
    """Parse and complete what a template wrote; return it with the template that each element came from."""
    try:
        root = parse(html)
        came_from = origins.found(root)
        finish.finish(root, words.get, words.said)
        editions.finish(root, edition)
        return root, came_from
    except RecursionError:
        raise ReportError.of("html.depth", "elements are nested too deep", Location(template)) from None


def _asked(views: tuple[requirements.ProfileView, ...]) -> Iterator[str]:
    """Yield what the index of requirements says in the words of the profiles."""
    for profile in views:
        texts = [profile.name, *(t for row in profile.rows for t in (row.requirement.text, row.requirement.clause))]
        yield from (told for text in texts for told in text.by_language.values())


def _of_look(look: Look) -> dict[str, Any]:
    """Return what templates see of a look."""
    line = running.Line(look)
    return {
        "typefaces": _typefaces(look),
        "letterhead": look.letterhead,
        "fits_line": line.fits,
        "cut_to_line": line.cut,
    }


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


def _glyphs(root: ET.Element, look: Look, location: Location) -> list[Problem]:
    families = ", ".join(dict.fromkeys(face.family for face in look.fonts))
    return [
        Problem(
            Severity.ERROR,
            "glyph.missing",
            f"no font of the theme has the character {glyphs.describe(c)}",
            location,
            f"the fonts are {families}",
        )
        for c in glyphs.uncovered("".join(root.itertext()), glyphs.characters(look.fonts))
    ]
