"""Facts and a template become a `Document`."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as ET

from report.compose import attached, charts, fitting, marks, workbooks
from report.compose.charts.pen import Pen
from report.compose.checks import leaks, omissions, plausibility, untranslated
from report.compose.checks.printed import Printed
from report.compose.checks.verify import Places, verify
from report.compose.templates import origins
from report.compose.templates.citations import Citations
from report.compose.templates.environment import environment
from report.compose.templates.rendering import PrintedFigures, rendered
from report.compose.tree import editions, finish, pictures
from report.compose.views.context import context
from report.html.parser import parse
from report.html.tree import Tree
from report.language import direction, fallback, labels, numbers, related
from report.language.writer import UNKNOWN, Writer
from report.looks import glyphs, kinds, printing, running, theme
from report.model import validity, walk
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.privacy.names import Finder
from report.model.unreadable import Unreadable, or_unreadable, with_placeholders
from report.requests import document_requests, requirements
from report.values import Document, Location, Look, Problem, ReportError, Severity, required
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
    workspace: Workspace,
    dossier: Dossier,
    request: DocumentRequest,
    language: str,
    version: Version = _SCREEN,
    words: labels.Labels | None = None,
) -> Document:
    """Compose one document in one language; raise `ReportError` with all that is wrong with it.

    `words` are the labels that it is composed with, those of the language if none are given; they know afterwards which were asked for.
    """
    edition, removed = version.edition, version.removed
    words = words or labels.load(workspace, language, request.fallback)
    writer = Writer(language, request.fallback, functools.partial(words.marked, UNKNOWN))
    made, folder = kinds.load(workspace, request.kind)
    printed = printing.printing(workspace, made, request, edition)
    look = theme.look(workspace, request.theme, request.kind)
    if printed:
        look = dataclasses.replace(look, tokens=MappingProxyType({**look.tokens, **printing.tokens(made, request)}))
    fitter = fitting.Fitter(writer, dossier, version.lengths)
    sections = made.printed(request)
    whole, dossier = dossier, validity.at(dossier, *dossier.period(request))
    facts = context(dossier, request)
    drawn = charts.figures(with_placeholders(dossier), facts, Pen(writer, words), sections)
    signs = marks.marks(with_placeholders(dossier), facts, Pen(writer, words)) if printed else {}
    sources = {part.src: part.drawing for figure in drawn.values() for part in figure.parts} | signs
    asked = or_unreadable(requirements.views, workspace, dossier, request, made, sections)
    values = _of_look(look, language) | {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}
    values |= {
        "figures": drawn,
        "marks": {mark.id: mark for mark in signs.values()},
        "printed": PrintedFigures(drawn),
        "requirements": asked,
    }
    values |= {
        "last_years": made.last_years,
        "kind": request.kind,
        "language": language,
        "sections": sections,
        "edition": edition,
    }
    made_for = environment(workspace, writer, words)
    in_drawings = set(writer.printed)
    citations = Citations(facts, writer)
    made_for.filters.update(fitter.filters() | citations.filters())
    template = workspace.template(f"{request.kind}/body.html.j2") or folder / "body.html.j2"
    html = rendered(made_for, f"{request.kind}/body.html.j2", values, citations)
    root, came_from = _tree(html, words, edition, template)
    book = workbooks.make(made.workbook, facts, Pen(writer, words))
    assets: dict = {}
    folders = (workspace.data / dossier.folder, *workspace.template_roots)
    places = Places(template, came_from, folders, _named(dossier), frozenset(sources))
    author = writer.plain(dossier.organisation.name)
    title = f"{writer.plain(request.title)} – {author}"
    description = writer.plain(request.subtitle) if request.subtitle else ""
    where = omissions.place_of(whole, request, "languages")
    attachments = (attached.facts(dossier, request, sections, words, removed),)
    problems = [
        *_at(words.problems(), where),
        *untranslated.problems(whole, writer, Location(template)),
        *verify(root, places, assets),
        *_glyphs(root, look, whole, language, template),
    ]
    pictures.fit(root, assets, look)
    tree = Tree(root)
    look = dataclasses.replace(look, fonts=glyphs.needed(look.fonts, tree.html))
    shown = {image.get("src") for image in root.iter("img")}
    drawings = {src: drawing for src, drawing in sources.items() if src in shown}
    if removed and removed.names:
        own = (
            *words.said,
            *writer.said,
            *values["typefaces"],
            *(() if isinstance(asked, Unreadable) else _asked(asked)),
        )
        problems += leaks.Leaks(removed, own).check(root, came_from, attachments, drawings.values(), template, book)
    notes = tuple(problem for problem in problems if problem.severity is Severity.NOTE)
    if len(problems) > len(notes):
        raise ReportError(problems)
    missing = notes + tuple(untranslated.notes(whole, writer))
    if language == request.languages[0] and edition != "redacted":
        wanted = omissions.requested_kinds(made_for, request.kind, sections)
        chosen = bool(request.sections or request.without) or made.selects or made.press is not None
        seen = Printed.of(root, assets, chosen, in_drawings | writer.printed)
        missing += (
            *omissions.left_out(whole, request, language, wanted, seen),
            *plausibility.later_facts(whole, request, language, seen),
        )
        if wanted and not document_requests.lacking(whole, request, made):
            panels = [panel.id for panel in printed.panels] if printed else []
            missing += tuple(plausibility.emptiness(whole, request, root, writer.printed, panels))
    return Document(
        title=title,
        language=language,
        kind=request.kind,
        tree=tree,
        date=request.date,
        look=look,
        author=author,
        description=description,
        assets=MappingProxyType(assets),
        attachments=attachments,
        drawings=MappingProxyType(drawings),
        workbook=book,
        printing=printed,
        fitted=fitter.texts(),
        left_out=(*_at(words.warnings(), where), *missing),
    )


def _at(problems: list[Problem], where: Location | None) -> list[Problem]:
    """Return problems, at that place where they have none of their own."""
    return [dataclasses.replace(problem, location=problem.location or where) for problem in problems]


def _tree(
    html: str, words: labels.Labels, edition: str, template: Path
) -> tuple[ET.Element, Mapping[ET.Element, Path]]:
    """Parse and complete what a template wrote; return it with the template that each element came from."""
    try:
        root = parse(html)
        came_from = origins.found(root)
        finish.finish(root, words.marked, words.said | words.filled)
        numbers.bind(root)
        if words.borrowed and words.fallback:
            fallback.mark(root, words.fallback, words.language)
        numbers.size(root)
        editions.finish(root, edition)
        direction.settle(root, words.language)
        return root, came_from
    except RecursionError:
        raise ReportError.of("html.depth", "elements are nested too deeply", Location(template)) from None


def _asked(views: tuple[requirements.ProfileView, ...]) -> Iterator[str]:
    """Yield what the index of requirements says in the words of the profiles."""
    for profile in views:
        texts = [profile.name, *(t for row in profile.rows for t in (row.requirement.text, row.requirement.clause))]
        yield from (told for text in texts for told in text.by_language.values())


def _of_look(look: Look, language: str) -> dict[str, Any]:
    """Return what templates see of a look."""
    line = running.Line(look)
    return {
        "typefaces": _typefaces(look, related.script(language)),
        "letterhead": look.letterhead,
        "fits_line": line.fits,
        "cut_to_line": line.cut,
    }


def _typefaces(look: Look, script: str) -> tuple[str, ...]:
    """Return the families of a document's letters, those of its language's script among them."""
    used = [face for face in look.fonts if face.role != "symbols" and face.script in ("", script)]
    return tuple(dict.fromkeys(face.family for face in used))


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


def _glyphs(root: ET.Element, look: Look, dossier: Dossier, language: str, template: Path) -> Iterator[Problem]:
    """Yield an error for each character that no font has: at the facts that are printed and have it, or else in the template."""
    families = ", ".join(dict.fromkeys(face.family for face in look.fonts))
    text = "".join(root.itertext())
    for c in glyphs.uncovered(text, glyphs.characters(look.fonts)):
        word = re.compile(rf"[^\s{re.escape(c)}]*{re.escape(c)}[^\s{re.escape(c)}]*")
        texts_with = [one for one in walk.texts_with(dossier, c) if required(word.search(one[2]))[0] in text]
        own = [one for one in texts_with if one[1][-1] == language]
        message = f"no font of the theme has the character {glyphs.describe(c)}"
        hint = f"write it another way, or add a font to the theme; its fonts are {families}"
        for where in [dossier.within(*one, one[2].index(c)) for one in own or texts_with] or [Location(template)]:
            yield Problem(Severity.ERROR, "glyph.missing", message, where, hint)
