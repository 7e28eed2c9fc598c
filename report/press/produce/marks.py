"""Marks for the press, outside the bleed and in every ink: where to cut, where to fold, whether the plates fit.

They are drawn in the colorant All (ISO 32000-1, 8.6.6.4), which prints on every plate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from report.press.pdf.geometry import MM
from report.press.pdf.marks import COLOUR, WEIGHT, cross, line
from report.press.produce.boxes import Frame

_OFFSET = 1 * MM
_LENGTH = 5 * MM
_CROSS = 2.5 * MM
_RADIUS = 1.5 * MM
_PLACES = (1 / 2, 1 / 3, 2 / 3, 1 / 4, 3 / 4, 1 / 5)


def drawn(frame: Frame, folds: Iterable[float]) -> bytes:
    """Return the marks round a page as content; `folds` are points from the left edge of the trim."""
    folds = tuple(folds)
    parts = [f"q {COLOUR} CS 1 SCN {WEIGHT} w 0 J [] 0 d"]
    parts += [line(*ends) for ends in _crops(frame)]
    parts += [part for x, y in _registers(frame, folds) for part in cross(x, y, _CROSS, _RADIUS)]
    if folds:
        parts.append("[1.5 1.5] 0 d")
        parts += [line(*ends) for ends in _folds(frame, folds)]
    return "\n".join([*parts, "Q"]).encode()


def _crops(frame: Frame) -> Iterator[tuple[float, float, float, float]]:
    """Yield two lines for each corner, which point to where the cuts cross."""
    start = frame.bleed + _OFFSET
    xs, ys = (frame.edge, frame.edge + frame.width), (frame.edge, frame.edge + frame.height)
    for x in xs:
        yield x, ys[0] - start, x, ys[0] - start - _LENGTH
        yield x, ys[1] + start, x, ys[1] + start + _LENGTH
    for y in ys:
        yield xs[0] - start, y, xs[0] - start - _LENGTH, y
        yield xs[1] + start, y, xs[1] + start + _LENGTH, y


def _folds(frame: Frame, folds: Iterable[float]) -> Iterator[tuple[float, float, float, float]]:
    start = frame.bleed + _OFFSET
    for fold in folds:
        x, low, high = frame.edge + fold, frame.edge - start, frame.edge + frame.height + start
        yield x, low, x, low - _LENGTH
        yield x, high, x, high + _LENGTH


def _registers(frame: Frame, folds: tuple[float, ...]) -> Iterator[tuple[float, float]]:
    """Yield the middles of the four registration marks: in the middle of each side, or beside a fold."""
    out = frame.bleed + _OFFSET + _CROSS
    place = next((p for p in _PLACES if all(abs(p * frame.width - fold) > 2 * _CROSS for fold in folds)), 1 / 6)
    x, y = frame.edge + place * frame.width, frame.edge + frame.height / 2
    yield x, frame.edge - out
    yield x, frame.edge + frame.height + out
    yield frame.edge - out, y
    yield frame.edge + frame.width + out, y
