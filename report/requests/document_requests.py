"""What is wrong with the documents that an organisation asks for, before any is composed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Set
from functools import partial

from report.language import direction, labels, related
from report.looks import glyphs, inks, kinds, theme, tokens
from report.model.document import PRINTER, DocumentRequest
from report.model.dossier import Dossier
from report.model.suggestions import nearest
from report.model.validity import at
from report.model.walk import LocatedText, Part, parts, texts_of
from report.profiles import load
from report.requests import experience, funders, languages, requirements
from report.source.caching import cached_by_identity
from report.values import Problem, ReportError, Severity, required
from report.workspace import Workspace


def completed(workspace: Workspace, dossier: Dossier) -> Dossier:
    """Return the facts with the editions that documents leave to their kinds filled in."""
    documents = tuple(with_editions(workspace, request) for request in dossier.documents)
    return dossier if documents == dossier.documents else dataclasses.replace(dossier, documents=documents)


def with_editions(workspace: Workspace, request: DocumentRequest) -> DocumentRequest:
    """Return a request with its kind's first edition, where it names none."""
    if "editions" in request.model_fields_set:
        return request
    try:
        first = kinds.load(workspace, request.kind)[0].editions[0]
    except ReportError:  # told by `requests`
        return request
    return request if request.editions == (first,) else request.model_copy(update={"editions": (first,)})


def requests(workspace: Workspace, dossier: Dossier) -> list[Problem]:
    """Return what is wrong with an organisation's document requests: kinds, themes, languages, profiles, sections."""
    return [p for index in range(len(dossier.documents)) for p in of_document(workspace, dossier, index)]


def of_document(workspace: Workspace, dossier: Dossier, index: int) -> list[Problem]:
    """Return what is wrong with one document request."""
    problems = []
    known, request, steps = labels.languages(workspace), dossier.documents[index], ("documents", index)
    for place, language in enumerate(request.languages):
        if direction.of(language) == "rtl" and _is_folded(workspace, request):
            where = dossier.locate("documents.yaml", *steps, "languages", place)
            name = related.english(language)
            message = f"the kind '{request.kind}' is made for a print shop, and its panels run from left to right: it cannot be made in {name}"
            hint = f"remove {language} from its  languages:  ; reports and annexes are made in {name}"
            problems.append(Problem(Severity.ERROR, "document.direction", message, where, hint))
        if not labels.is_known(language):
            where = dossier.locate("documents.yaml", *steps, "languages", place)
            message = (
                f"documents cannot be made in '{language}': how it writes dates and numbers is not known (Unicode CLDR)"
            )
            hint = "remove it from  languages:"
            problems.append(Problem(Severity.ERROR, "document.language", message, where, hint))
        elif languages.is_mute(workspace, request, language, known):
            problems.append(languages.problem(workspace, dossier, language, known))
    for name, read in (
        ("kind", lambda r: kinds.load(workspace, r.kind)),
        ("theme", lambda r: theme.look(workspace, r.theme, r.kind)),
    ):
        try:
            read(request)
        except ReportError as error:
            at = dossier.locate("documents.yaml", *steps, name)
            problems += [dataclasses.replace(p, location=p.location or at) for p in error.problems]
    problems += workspace.once(("colours", request.theme), partial(_colours, workspace, request.theme))
    for place, name in enumerate(request.profiles):
        try:
            (funders if load.kind(workspace, name) == "funder" else requirements).profile(workspace, name)
        except ReportError as error:
            at = dossier.locate("documents.yaml", *steps, "profiles", place)
            problems += [dataclasses.replace(p, location=p.location or at) for p in error.problems]
    problems += _sections(workspace, dossier, index)
    problems += _parts(workspace, dossier, index)
    return [*problems, *_press(workspace, dossier, index)]


def _is_folded(workspace: Workspace, request: DocumentRequest) -> bool:
    """Say whether a document's kind is made for a print shop; one that is not there is told elsewhere."""
    try:
        return kinds.load(workspace, request.kind)[0].press is not None
    except ReportError:
        return False


def _colours(workspace: Workspace, theme: str) -> list[Problem]:
    return [*tokens.unknown_keys(workspace, theme), *inks.heavy(workspace, theme)]


def _sections(workspace: Workspace, dossier: Dossier, index: int) -> list[Problem]:
    request = dossier.documents[index]
    try:
        made = kinds.load(workspace, request.kind)[0]
    except ReportError:
        return []
    known = made.sections
    if not made.printed(request):
        where = dossier.locate("documents.yaml", "documents", index, "without")
        message = "without  leaves out every section: nothing is left to print"
        return [Problem(Severity.ERROR, "document.section", message, where, "remove one of them from  without:")]
    return [
        Problem(
            Severity.ERROR,
            "document.section",
            f"the kind '{request.kind}' has no section '{section}'",
            dossier.locate("documents.yaml", "documents", index, field, place),
            nearest(section, known, "available:"),
        )
        for field, named in (("sections", request.sections), ("without", request.without))
        for place, section in enumerate(named)
        if section not in known
    ]


def _parts(workspace: Workspace, dossier: Dossier, index: int) -> list[Problem]:
    """Return an error for a kind that is of an action and is not told which."""
    request = dossier.documents[index]
    try:
        made = kinds.load(workspace, request.kind)[0]
    except ReportError:
        return []
    problems = []
    if made.of == "action" and request.action is None:
        message = f"the kind '{request.kind}' is about an action, but none is named"
        known = "  or  action: ".join(action.id for action in dossier.actions)
        hint = f"add  action: {known}" if known else "write the action in actions.yaml, and add  action: id"
        at = dossier.locate("documents.yaml", "documents", index, "kind")
        problems.append(Problem(Severity.ERROR, "document.action", message, at, hint))
    action = next((one for one in dossier.actions if one.id == request.action), None)
    if action and made.part and not getattr(action, made.part):
        message = f"the action '{action.id}' has no {made.part}: the document is empty"
        at = dossier.locate("documents.yaml", "documents", index, "action")
        hint = f"add its  {made.part}:  in actions.yaml"
        problems.append(Problem(_weight(dossier, request), "document.empty", message, at, hint))
    if missing := lacking(dossier, request, made):
        message, hint = missing
        at = dossier.locate("documents.yaml", "documents", index, "kind")
        problems.append(Problem(_weight(dossier, request), "document.empty", message, at, hint))
    return problems


def _weight(dossier: Dossier, request: DocumentRequest) -> Severity:
    """Return how bad it is that a document is empty: an error where a call asks for it, since it would be handed in."""
    return Severity.ERROR if any(request.id in call.documents for call in dossier.calls) else Severity.WARNING


def lacking(dossier: Dossier, request: DocumentRequest, made: kinds.Kind) -> tuple[str, str] | None:
    """Return what is said of a document without the facts that its kind needs, and what to do."""
    if made.needs == "year" and request.year is None:
        known = ", ".join(map(str, dossier.years))
        hint = (
            f"add  year: …  ; available: {known}"
            if known
            else "make a folder of a year with a year.yaml, and name it in the document"
        )
        return f"the kind '{request.kind}' is about a year, but none is named: the document is empty", hint
    if made.needs == "affiliations" and not at(dossier, *dossier.period(request)).affiliations:
        return "there are no affiliations at its time: the document is empty", "write them in affiliations.yaml"
    if made.needs == "projects" and "projects.yaml" not in dossier.unreadable:
        most = required(made.last_years)
        if all(view.ended_within > most for view in experience.projects(dossier, request)):
            none = (
                f"no project of the last {most} years had begun by {request.date}: the document says that there is none"
            )
            return none, "write them in projects.yaml, or remove the document"
    return None


def _press(workspace: Workspace, dossier: Dossier, index: int) -> list[Problem]:
    """Return what is wrong with how a document is printed: its layout, its panels, its editions, its print shop."""
    request = dossier.documents[index]
    try:
        made = kinds.load(workspace, request.kind)[0]
    except ReportError:
        return []

    def fault(message: str, hint: str | None, *steps: str | int) -> Problem:
        where = dossier.locate("documents.yaml", "documents", index, *steps)
        return Problem(Severity.ERROR, "document.press", message, where, hint)

    problems = [
        fault(
            f"the kind '{request.kind}' has no edition '{edition}'",
            f"available: {', '.join(made.editions)}",
            "editions",
            n,
        )
        for n, edition in enumerate(request.editions)
        if edition not in made.editions
    ]
    layouts = made.press.layouts if made.press else {}
    if request.layout is not None and request.layout not in layouts:
        hint = nearest(request.layout, layouts, "available:") if layouts else "leave it out"
        return [*problems, fault(f"the kind '{request.kind}' has no layout '{request.layout}'", hint, "layout")]
    if made.press is None:
        told = f"the kind '{request.kind}' is not made for a print shop: the printer has no effect"
        return [*problems, fault(told, "leave it out", "printer")] if request.printer else problems
    layout = made.press.layouts[request.layout or next(iter(layouts))]
    problems += [
        fault(
            f"a folded sheet has the panel '{panel}', and the sections leave it out",
            "print it: all panels are on one sheet",
            "without" if panel in request.without else "sections",
        )
        for side in layout.sides
        for panel in side
        if panel not in made.printed(request)
    ]
    if layout.sides and request.sections and request.sections[0] != made.sections[0]:
        told = f"a folded sheet is read from its panel '{made.sections[0]}' on, and the sections begin with another"
        problems.append(fault(told, "put it first, or leave  sections:  out", "sections", 0))
    try:
        load.printer(workspace, request.printer or PRINTER)
    except ReportError as error:
        at = dossier.locate("documents.yaml", "documents", index, "printer")
        problems += [dataclasses.replace(p, location=p.location or at) for p in error.problems]
    return problems


def characters(workspace: Workspace, dossier: Dossier) -> list[Problem]:
    """Return an error for every fact with a character that the fonts of the organisation's documents lack.

    Only the languages that documents are made in are looked at; who prints the fact finds it again, and is not made.
    """
    looks, spoken = {}, {}
    for request in dossier.documents:
        try:
            looks[request.theme] = theme.look(workspace, request.theme, request.kind)
        except ReportError:
            continue
        spoken[request.theme] = spoken.get(request.theme, frozenset()) | {*request.languages, request.fallback}
    problems = []
    for name, look in looks.items():
        known = workspace.once(("characters", name), partial(glyphs.characters, look.fonts))
        for place in _with_others(dossier, known):
            for language, told in place.text.by_language.items():
                if language not in spoken[name] and language != place.text.original:
                    continue
                for c in glyphs.uncovered(told, known):
                    where = dossier.within(place.file, (*place.steps, language), told, told.index(c))
                    message = f"no font of the theme '{look.theme}' has the character {glyphs.describe(c)}"
                    hint = "write it another way, or add a font to the theme"
                    problems.append(Problem(Severity.ERROR, "glyph.missing", message, where, hint))
    return problems


def _with_others(dossier: Dossier, known: Set[str]) -> Iterator[LocatedText]:
    """Yield the texts that may have other characters than those `known`, but for those of calls."""
    for part in parts(dossier):
        if not _signs(part) <= known:
            yield from (found for found in texts_of(part) if not found.in_call)


@cached_by_identity
def _signs(part: Part) -> frozenset[str]:
    """Return the characters of texts."""
    return frozenset().union(*(told for found in texts_of(part) for told in found.text.by_language.values()))
