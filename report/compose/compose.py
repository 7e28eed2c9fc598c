"""Facts and a template become a `Document`."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as ET

from report.compose import attached, charts, fitting, marks, workbooks
from report.compose.charts.figure import Figure
from report.compose.charts.pen import Pen
from report.compose.checks import picture_files, rules
from report.compose.checks.draft import Draft
from report.compose.templates import origins
from report.compose.templates.citations import Citations
from report.compose.templates.environment import environment
from report.compose.templates.rendering import PrintedFigures, rendered
from report.compose.trace import Trace
from report.compose.tree import finish, pictures
from report.compose.views.context import Context, context
from report.html.parser import parse
from report.html.tree import Tree
from report.language import direction, fallback, numbers, related
from report.language.labels import Labels
from report.language.labels import load as load_labels
from report.language.writer import UNKNOWN, Writer
from report.looks import glyphs, kinds, printing, running, theme
from report.model import validity
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.privacy.names import Finder
from report.model.unreadable import Unreadable, or_unreadable, with_placeholders
from report.requests import requirements
from report.values import Document, Drawing, Location, Look, Mark, Printing, ReportError, Severity
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
    labels: Labels | None = None,
) -> Document:
    """Compose one document in one language; raise `ReportError` with all that is wrong with it.

    Without `labels`, those of the language are loaded. They know afterwards which the document printed.
    """
    return traced(workspace, dossier, request, language, version, labels)[0]


def traced(
    workspace: Workspace,
    dossier: Dossier,
    request: DocumentRequest,
    language: str,
    version: Version = _SCREEN,
    labels: Labels | None = None,
) -> tuple[Document, Trace]:
    """Compose a document as `compose` does, and return with it which facts it prints where."""
    labels = labels or load_labels(workspace, language, request.fallback)
    writer = Writer(language, request.fallback, functools.partial(labels.marked, UNKNOWN))
    fitter = fitting.Fitter(writer, dossier, version.lengths)
    draft = _draft(workspace, dossier, request, version, labels, fitter)
    problems = rules.run(rules.ERRORS, draft)
    if any(problem.severity is not Severity.NOTE for problem in problems):
        raise ReportError(problems)
    pictures.fit(draft.root, draft.assets, draft.look)
    tree = Tree(draft.root)
    document = Document(
        title=draft.title,
        language=language,
        kind=request.kind,
        tree=tree,
        date=request.date,
        look=dataclasses.replace(draft.look, fonts=glyphs.needed(draft.look.fonts, tree.html)),
        author=draft.author,
        description=draft.description,
        assets=MappingProxyType(dict(draft.assets)),
        attachments=draft.attachments,
        drawings=MappingProxyType(draft.drawings_shown),
        workbook=draft.workbook,
        printing=draft.printing,
        left_out=(*problems, *rules.run(rules.WARNINGS, draft)),
        fitted=fitter.texts(),
    )
    return document, Trace.of(draft)


@dataclass(frozen=True, slots=True)
class _Material:
    """What a template is given, before it is in the words that templates use."""

    kind: kinds.Kind
    sections: tuple[str, ...]
    printing: Printing | None
    look: Look
    typefaces: tuple[str, ...]
    dossier: Dossier
    facts: Context
    figures: Mapping[str, Figure]
    marks: Mapping[str, Mark]
    profiles: tuple[requirements.ProfileView, ...]

    @property
    def drawings(self) -> dict[str, Drawing]:
        """Return the figures and marks by their ``src``."""
        return {part.src: part.drawing for figure in self.figures.values() for part in figure.parts} | dict(self.marks)

    @property
    def profile_words(self) -> Iterator[str]:
        """Return what the index of requirements says in the words of the profiles."""
        for profile in () if isinstance(self.profiles, Unreadable) else self.profiles:
            texts = [profile.name, *(t for row in profile.rows for t in (row.requirement.text, row.requirement.clause))]
            yield from (words for text in texts for words in text.by_language.values())


def _gather(
    workspace: Workspace, dossier: Dossier, request: DocumentRequest, edition: str, labels: Labels, pen: Pen
) -> _Material:
    """Join the facts that were valid in a document's time, and draw what its sections show of them."""
    kind = kinds.load(workspace, request.kind)[0]
    sections = kind.printed(request)
    layout = printing.printing(workspace, kind, request, edition)
    look = theme.look(workspace, request.theme, request.kind)
    if layout:
        look = dataclasses.replace(look, tokens=MappingProxyType({**look.tokens, **printing.tokens(kind, request)}))
    current = validity.at(dossier, *dossier.period(request))
    facts = context(current, request)
    return _Material(
        kind=kind,
        sections=sections,
        printing=layout,
        look=look,
        typefaces=_typefaces(look, related.script(labels.language)),
        dossier=current,
        facts=facts,
        figures=charts.figures(with_placeholders(current), facts, pen, sections),
        marks=marks.marks(with_placeholders(current), facts, pen) if layout else {},
        profiles=or_unreadable(requirements.views, workspace, current, request, kind, sections),
    )


def _values(material: _Material, request: DocumentRequest, language: str, edition: str) -> dict[str, Any]:
    """Return what a template sees, by the names that it uses."""
    facts, look, line = material.facts, material.look, running.Line(material.look)
    return {
        "typefaces": material.typefaces,
        "letterhead": look.letterhead,
        "fits_line": line.fits,
        "cut_to_line": line.cut,
        **{field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)},
        "figures": material.figures,
        "marks": {mark.id: mark for mark in material.marks.values()},
        "printed": PrintedFigures(material.figures),
        "requirements": material.profiles,
        "last_years": material.kind.last_years,
        "kind": request.kind,
        "language": language,
        "sections": material.sections,
        "edition": edition,
    }


def _draft(
    workspace: Workspace,
    dossier: Dossier,
    request: DocumentRequest,
    version: Version,
    labels: Labels,
    fitter: fitting.Fitter,
) -> Draft:
    """Render the template of a document, complete its tree, and find its pictures."""
    writer, pen, language, edition = fitter.writer, Pen(fitter.writer, labels), labels.language, version.edition
    material = _gather(workspace, dossier, request, edition, labels, pen)
    drawn, name = frozenset(writer.printed), f"{request.kind}/body.html.j2"
    template = workspace.template(name) or kinds.load(workspace, request.kind)[1] / "body.html.j2"
    sandbox, citations = environment(workspace, writer, labels), Citations(material.facts, writer)
    sandbox.filters.update(fitter.filters() | citations.filters())
    html = rendered(sandbox, name, _values(material, request, language, edition), citations)
    root, came_from = _tree(html, labels, edition, template)
    folders = (workspace.data / dossier.folder, *workspace.template_roots)
    author = writer.plain(material.dossier.organisation.name)
    return Draft(
        dossier=dossier,
        request=request,
        language=language,
        edition=edition,
        kind=material.kind,
        sections=material.sections,
        look=material.look,
        printing=material.printing,
        labels=labels,
        writer=writer,
        sandbox=sandbox,
        title=f"{writer.plain(request.title)} – {author}",
        author=author,
        description=writer.plain(request.subtitle) if request.subtitle else "",
        root=root,
        template=template,
        origins=came_from,
        folders=folders,
        assets=picture_files.find(root, folders),
        drawings=material.drawings,
        workbook=workbooks.make(material.kind.workbook, material.facts, pen),
        attachments=(attached.facts(material.dossier, request, material.sections, labels, version.removed),),
        removed=version.removed,
        own_words=(*material.typefaces, *material.profile_words),
        text_ids_in_drawings=drawn,
    )


def _tree(html: str, labels: Labels, edition: str, template: Path) -> tuple[ET.Element, Mapping[ET.Element, Path]]:
    """Parse and complete what a template wrote; return it with the template that each element came from."""
    try:
        root = parse(html)
        came_from = origins.origins(root)
        finish.finish(root, labels.marked, labels.said | labels.filled)
        numbers.bind(root)
        if labels.borrowed and labels.fallback:
            fallback.mark(root, labels.fallback, labels.language)
        numbers.size(root)
        if edition == "print":
            finish.write_out_links(root)
        direction.settle(root, labels.language)
        return root, came_from
    except RecursionError:
        raise ReportError.of("html.depth", "elements are nested too deeply", Location(template)) from None


def _typefaces(look: Look, script: str) -> tuple[str, ...]:
    """Return the families of a document's letters, those of its language's script among them."""
    used = [face for face in look.fonts if face.role != "symbols" and face.script in ("", script)]
    return tuple(dict.fromkeys(face.family for face in used))
