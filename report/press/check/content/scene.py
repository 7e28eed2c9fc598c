"""A page's content as the things that it paints, in their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf

from report.press.check.content.budget import READ, SpentError
from report.press.check.content.interpreter import FileContext, Interpreter
from report.press.check.content.items import Clip, Scene
from report.press.check.content.operators import TABLE
from report.press.check.content.state import begin
from report.press.pdf import streams
from report.press.pdf.geometry import Box, Matrix

_PIECES = 10_000
_SHARE = 0.5
_TEXT, _PAINTED = 700_000, 1_200_000
"""Steps of a page that PDFium may read, and draw."""
_DASHES, _PIXELS = 200_000, 100_000_000
"""Dashes of a page, and pixels of its images, that PDFium may draw."""


def content(page: Any, scene: Scene, spend: Callable[[float], None]) -> bytes:
    """Return a page's content, of one stream or several (ISO 32000-1, 7.8.2), as much of it as is read."""
    pieces = streams.pieces(page.get("/Contents"), _PIECES + 1)
    scene.unread = len(pieces) > _PIECES
    parts: list[bytes] = []
    left = streams.CONTENT
    for piece in pieces[:_PIECES]:
        try:
            parts.append(streams.unpacked(piece, left, spend))
            left -= len(parts[-1])
        except streams.TooMuchError as error:
            parts.append(error.part)
            scene.unread = True
            break
        except streams.UnreadableError as error:
            scene.note_problem(f"its content cannot be unpacked: {error}")
    return b"\n".join(parts)


def read(page: Any, resources: Any, context: FileContext, box: Box, base: Matrix) -> Scene:
    """Return what a page paints. `box` is the sheet that can be painted on, `base` takes the page's own points to it."""
    scene = Scene()
    resources = resources if isinstance(resources, pikepdf.Dictionary) else None
    machine = Interpreter(context, scene, begin(Clip(box), base), resources, scene.items, TABLE, base=base)
    context.budget.begin(READ, _SHARE)
    before = context.budget.file
    try:
        machine.run(content(page, scene, context.budget.spend))
    except SpentError:
        scene.unread = True
    scene.steps = before - context.budget.file
    return scene


def readable(scene: Scene) -> bool:
    """Say whether a page has so little on it that PDFium may read its text."""
    return not scene.unread and scene.steps <= _TEXT


def drawable(scene: Scene, painted: float) -> bool:
    """Say whether PDFium may draw such a page; `painted` are the steps that it took to paint it here."""
    return max(painted / _PAINTED, scene.dashes / _DASHES, scene.pixels / _PIXELS) <= 1
