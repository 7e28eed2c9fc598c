"""How documents are printed: the layout, the panels, the editions and the print shop that a request names."""

from __future__ import annotations

from collections.abc import Iterator

from report.looks.kinds import Kind, Layout
from report.model.document import PRINTER
from report.model.suggestions import nearest
from report.profiles import load
from report.requests.placed_request import PlacedRequest
from report.values import Problem, ReportError


def check(placed: PlacedRequest) -> Iterator[Problem]:
    """Yield what of a request its kind cannot print."""
    request, kind, code = placed.request, placed.kind, "document.press"
    if kind is None:
        return
    for place, edition in enumerate(request.editions):
        if edition not in kind.editions:
            message = f"the kind '{request.kind}' has no edition '{edition}'"
            yield placed.error(code, message, f"available: {', '.join(kind.editions)}", "editions", place)
    layouts = kind.press.layouts if kind.press else {}
    if request.layout is not None and request.layout not in layouts:
        hint = nearest(request.layout, layouts, "available:") if layouts else "leave it out"
        yield placed.error(code, f"the kind '{request.kind}' has no layout '{request.layout}'", hint, "layout")
    elif kind.press is not None:
        yield from _panels(placed, kind, layouts[request.layout or next(iter(layouts))])
        try:
            load.printer(placed.workspace, request.printer or PRINTER)
        except ReportError as error:
            yield from placed.located(error, "printer")
    elif request.printer:
        message = f"the kind '{request.kind}' is not made for a print shop: the printer has no effect"
        yield placed.error(code, message, "leave it out", "printer")


def _panels(placed: PlacedRequest, kind: Kind, layout: Layout) -> Iterator[Problem]:
    """Yield what is wrong with the panels of a folded sheet: all are printed, from the first on."""
    request, first = placed.request, kind.sections[0]
    printed = kind.printed(request)
    for panel in (panel for side in layout.sides for panel in side if panel not in printed):
        message = f"a folded sheet has the panel '{panel}', and the sections leave it out"
        field = "without" if panel in request.without else "sections"
        yield placed.error("document.press", message, "print it: all panels are on one sheet", field)
    if layout.sides and request.sections and request.sections[0] != first:
        message = f"a folded sheet is read from its panel '{first}' on, and the sections begin with another"
        yield placed.error("document.press", message, "put it first, or leave  sections:  out", "sections", 0)
