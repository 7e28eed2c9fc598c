"""How a document is printed: the layout that its kind has and its request chooses, and the bleed of its print shop."""

from __future__ import annotations

from report.looks.kinds import Kind, Layout, Press
from report.model.document import PRINTER, DocumentRequest
from report.profiles import load
from report.values import Panel, Printing
from report.workspace import Workspace


def printing(workspace: Workspace, made: Kind, request: DocumentRequest, edition: str) -> Printing | None:
    """Return how an edition is printed, where its kind is made for a print shop. For the screen, each panel is a page."""
    if made.press is None:
        return None
    layout = _layout(made.press, request)
    sections = made.printed(request)
    panels = tuple(_panel(name, layout) for name in sections if name in _panels(made, layout))
    if edition != "print":
        return Printing(layout.width, layout.height, panels)
    bleed = float(load.printer(workspace, request.printer or PRINTER).profile.bleed)
    sides = tuple(tuple(side) for side in layout.sides)
    return Printing(layout.width, layout.height, panels, sides, layout.multiple, bleed, press=True)


def tokens(made: Kind, request: DocumentRequest) -> dict[str, str]:
    """Return the design tokens that a layout brings: the page's size, which Word takes too, and what its paper changes."""
    if made.press is None:
        return {}
    layout = _layout(made.press, request)
    return {"page-width": f"{layout.width:g}mm", "page-height": f"{layout.height:g}mm", **layout.tokens}


def _layout(press: Press, request: DocumentRequest) -> Layout:
    return press.layouts[request.layout or next(iter(press.layouts))]


def _panels(made: Kind, layout: Layout) -> tuple[str, ...]:
    return (*(made.press.panels if made.press else ()), *(name for side in layout.sides for name in side))


def _panel(name: str, layout: Layout) -> Panel:
    widths = {panel: width for side in layout.sides for panel, width in side.items()}
    return Panel(name, widths.get(name, layout.width), layout.height)
