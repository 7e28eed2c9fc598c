"""Prepare a laid-out PDF for a print shop: pages on their sheets, in its inks, with its boxes, and checked."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable
from pathlib import Path

from report import files
from report.press.check.rules.expected import Expected
from report.press.impose.assemble import Assembly, Panels, add_blank_pages, assemble
from report.press.produce import PrintOrder, produce
from report.profiles.load import Shop
from report.values import Artifact, Document, Inks, Mark, Outcome, Printing, Problem, ReportError, Severity, required


def press(artifact: Artifact, document: Document, shop: Shop) -> Outcome:
    """Turn a PDF that was laid out into what `shop` accepts, in place; raise `ReportError` where it would reject it."""
    if document.printing is None or artifact.format != "pdf":
        return Outcome((artifact,))
    path, problems = artifact.path, list[Problem]()
    pages = laid_out = artifact.pages or 0
    blank = 0
    if document.printing.sides:
        assembled = assemble(path, _assembly(document.printing))
        files.replace(path, assembled.content)
        pages = len(document.printing.sides)
        problems += [problem for problem in assembled.problems if problem.severity is not Severity.NOTE]
    elif pages % document.printing.multiple:
        pages = add_blank_pages(path, document.printing.multiple)
        blank = pages - laid_out
    problems += produce(path, path, shop, _order(document, shop))
    problems += _check(path, document.printing, shop)
    artifact = dataclasses.replace(artifact, sha256=_sha256(path), pages=pages, blank=blank, anchors={})
    return Outcome((artifact,), tuple(_without_location(problems)))


def _assembly(printing: Printing) -> Assembly:
    """Return which panel stands where: each is a page of the layout, in the order of reading."""
    place = {panel.id: number for number, panel in enumerate(printing.panels, 1)}
    width = {panel.id: panel.width for panel in printing.panels}
    sides = tuple(
        Panels(tuple(place[name] for name in side), tuple(width[name] for name in side)) for side in printing.sides
    )
    return Assembly(sides, printing.height, printing.bleed)


def _order(document: Document, shop: Shop) -> PrintOrder:
    printing = required(document.printing)
    return PrintOrder(
        title=document.title,
        date=document.date,
        bleed=printing.bleed,
        inks={**_prescribed_inks(document), **document.look.printed},
        names=document.look.named,
        standard=shop.profile.standards[0],
        folds=printing.folds,
        author=document.author,
        language=document.language,
    )


def _prescribed_inks(document: Document) -> dict[str, Inks]:
    """Return the inks that the rules of emblems prescribe, by colour; no theme may change them."""
    marks = [drawing for drawing in document.drawings.values() if isinstance(drawing, Mark)]
    return {area.fill.lower(): area.inks for mark in marks for area in mark.areas if area.inks}


def _check(path: Path, printing: Printing, shop: Shop) -> list[Problem]:
    """Check the finished file for the shop: raise `ReportError` for errors, return warnings."""
    from report.press.check.check import check

    width = sum(panel.width for panel in printing.panels if printing.sides and panel.id in printing.sides[0])
    trim = (width or printing.width, printing.height)
    folds = printing.folds if printing.sides else ()
    preflight = check(path, shop, Expected(trim, multiple=printing.multiple, folds=folds))
    problems = [_summary(shop, alike) for alike in _alike(preflight.problems)]
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ReportError(problems)
    return problems


def _alike(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Return the problems that are more than notes, those of a kind together."""
    kinds: dict[tuple[Severity, str], list[Problem]] = {}
    for problem in problems:
        if problem.severity is not Severity.NOTE:
            kinds.setdefault((problem.severity, problem.code), []).append(problem)
    return list(kinds.values())


def _summary(shop: Shop, alike: list[Problem]) -> Problem:
    """Return problems of a kind as one: the first, and how many more there are."""
    first, *others = alike
    more = f"; and {len(others)} more like it" if others else ""
    return Problem(first.severity, first.code, f"{shop.id}: {_place(first)}{first.message}{more}", None, first.hint)


def _place(problem: Problem) -> str:
    location = required(problem.location)
    if location.page is None:
        return ""
    area = location.area
    at = f", {area.left:.0f} × {area.top:.0f} mm from the top left" if area else ""
    return f"page {location.page}{at}: "


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _without_location(problems: list[Problem]) -> list[Problem]:
    """Return problems without their location, which is a temporary file."""
    return [dataclasses.replace(problem, location=None) for problem in problems]
