"""Paper in the hand: sheets as a printer gives them, turned over, folded, cut and stacked, and read leaf by leaf.

A printer that turns a sheet about an upright edge brings what is printed at x on the back behind W − x on the front; about a level edge,
what is at y behind H − y. `faces` lays both sides of a sheet into the coordinates of its front; `as_read` then looks at the back of a leaf as
one who turns a page.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from tests.press.pages import Seen


def faces(front: Sequence[Seen], back: Sequence[Seen], paper: tuple[float, float], flip: str) -> tuple[list[Seen], list[Seen]]:  # fmt: skip
    """Return what is on the front, and what is behind it in coordinates of the front."""
    width, height = paper
    upright = (flip == "short") == (width > height)
    if upright:
        behind = [dataclasses.replace(s, x=width - s.x, up=(-s.up[0], s.up[1])) for s in back]
    else:
        behind = [dataclasses.replace(s, y=height - s.y, up=(s.up[0], -s.up[1])) for s in back]
    return list(front), behind


def as_read(seen: Seen, left: float, width: float) -> Seen:
    """Return what stands behind a leaf that begins at `left`, as it is seen once the leaf is turned like a page."""
    return dataclasses.replace(seen, x=left + width - (seen.x - left), up=(-seen.up[0], seen.up[1]))


def booklet(sides: list[list[Seen]], paper: tuple[float, float], flip: str) -> list[Seen | None]:
    """Fold the sheets, the first one outermost, and read the pages from the front cover to the back cover.

    x is told from the spine: to the right of it on a right page, negative on a left page. A page without print is None.
    """
    spine = paper[0] / 2
    sheets = [faces(sides[i], sides[i + 1], paper, flip) for i in range(0, len(sides), 2)]
    read: list[Seen | None] = []
    for front, back in sheets:  # the right halves: leaves up to the middle
        read.append(_told([s for s in front if s.x > spine], spine, behind=False))
        read.append(_told([s for s in back if s.x > spine], spine, behind=True))
    for front, back in reversed(sheets):  # the left halves: the inside is now a right page
        read.append(_told([s for s in back if s.x < spine], spine, behind=True))
        read.append(_told([s for s in front if s.x < spine], spine, behind=False))
    return read


def _told(found: list[Seen], spine: float, *, behind: bool) -> Seen | None:
    assert len(found) <= 1, found
    if not found:
        return None
    (seen,) = found
    seen = as_read(seen, 0, 2 * spine) if behind else seen
    return dataclasses.replace(seen, x=seen.x - spine)


def cut(sides: list[list[Seen]], paper: tuple[float, float], flip: str, cells: Sequence[tuple[float, float, float, float]]) -> list[list[tuple[Seen | None, Seen | None]]]:  # fmt: skip
    """Cut the stack and return the pile of each cell, uppermost first: front and back of each piece, x and y from its lower left."""
    sheets = [faces(sides[i], sides[i + 1], paper, flip) for i in range(0, len(sides), 2)]
    return [[(_piece(front, cell, False), _piece(back, cell, True)) for front, back in sheets] for cell in cells]


def _piece(found: list[Seen], cell: tuple[float, float, float, float], behind: bool) -> Seen | None:
    left, bottom, width, height = cell
    inside = [s for s in found if left < s.x < left + width and bottom < s.y < bottom + height]
    assert len(inside) <= 1, inside
    if not inside:
        return None
    seen = as_read(inside[0], left, width) if behind else inside[0]
    return dataclasses.replace(seen, x=seen.x - left, y=seen.y - bottom)
