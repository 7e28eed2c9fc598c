"""Fonts of a page: whether they are in the file, and how wide and high their characters are, in parts of the type's size."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from report.press.pdf.objects import BROKEN, dictionary, entries, number, numbers, shortened, word

_HELVETICA = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 "
    "1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 "
    "333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
"""Widths of Helvetica from the space on, for fonts that are neither embedded nor say their own."""
_PLAIN = {code: int(width) / 1000 for code, width in enumerate(_HELVETICA.split(), 32)}
_UPPER, _LOWER = 0.75, -0.22
_MOST = 70_000
"""A composite font has no more widths."""
_SIMPLE = 400
"""Steps that a font costs besides its entries."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font as a page uses it. `size` is how many bytes a character has; `top` and `bottom` are where its letters end."""

    name: str
    kind: str
    embedded: bool
    size: int = 1
    widths: dict[int, float] = field(default_factory=dict)
    default: float = 0.5
    top: float = _UPPER
    bottom: float = _LOWER
    upright: bool = False
    """Whether it is written from top to bottom."""
    glyphs: Any = None
    """The procedures of a Type 3 font, its encoding and its matrix."""

    def codes(self, text: bytes) -> Sequence[int]:
        """Return the codes of a string's characters."""
        return text if self.size == 1 else struct.unpack(f">{len(text) // 2}H", text[: len(text) // 2 * 2])

    def width(self, code: int) -> float:
        return self.widths.get(code, self.default)


UNKNOWN = Font("unknown", "missing", False, widths=_PLAIN)
"""Stands for a font that the resources do not name."""


def font(source: Any, spend: Callable[[float], None]) -> Font:
    """Read a font, and spend a step for each of its entries; what is wrong in it is left out."""
    try:
        kind = word(source.get("/Subtype"))
        name = shortened(word(source.get("/BaseFont")) or word(source.get("/Name")) or "unnamed")
        if kind == "Type0":
            return _composite(source, name, spend)
        spend(_SIMPLE)
        if kind == "Type3":
            return _drawn(source, name)
        return _simple(source, name, kind)
    except BROKEN:
        return UNKNOWN


def plain(name: str) -> str:
    """Return a font's name without the six letters of a subset."""
    return name[7:] if len(name) > 7 and name[6] == "+" else name


def _inside(described: Any) -> bool:
    return any(described.get(key) is not None for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _heights(described: Any) -> tuple[float, float]:
    """Return how far letters go up and down: capitals rather than ascents, which leave room for accents."""
    top, bottom = number(described.get("/CapHeight")) / 1000, number(described.get("/Descent")) / 1000
    return (top if 0.4 < top < 1 else _UPPER), (max(bottom, -0.3) if -1 < bottom < 0 else _LOWER)


def _widths(source: Any, unit: float) -> dict[int, float]:
    """Return the widths of a simple font's characters, in units of which so much is the type's size."""
    first = int(number(source.get("/FirstChar")))
    return {first + i: width * unit for i, width in enumerate(numbers(source.get("/Widths"), 256))}


def _simple(source: Any, name: str, kind: str) -> Font:
    described = dictionary(source.get("/FontDescriptor"))
    widths = _widths(source, 0.001)
    top, bottom = _heights(described)
    default = number(described.get("/MissingWidth")) / 1000 if widths else 0.6 if "Courier" in name else 0.5
    return Font(name, kind or "Type1", _inside(described), 1, widths or ({} if "Courier" in name else _PLAIN), default, top, bottom)  # fmt: skip


def _composite(source: Any, name: str, spend: Callable[[float], None]) -> Font:
    inner = dictionary(next(iter(entries(source.get("/DescendantFonts"), 1)), None))
    described = dictionary(inner.get("/FontDescriptor"))
    top, bottom = _heights(described)
    upright = word(source.get("/Encoding")).endswith("-V")
    widths: dict[int, float] = {}
    spend(_SIMPLE)
    for part in _ranges(entries(inner.get("/W"), _MOST)):
        spend(len(part) + 1)
        widths.update(part)
    default = number(inner.get("/DW"), 1000) / 1000
    return Font(name, word(inner.get("/Subtype")), _inside(described), 2, widths, default, top, bottom, upright)


def _ranges(parts: list[Any]) -> Iterator[dict[int, float]]:
    """Yield the widths of a composite font, range by range (ISO 32000-1, 9.7.4.3)."""
    index, left = 0, _MOST
    while index + 1 < len(parts) and left > 0:
        first, second = int(number(parts[index])), parts[index + 1]
        if isinstance(second, pikepdf.Array):
            widths = {first + offset: width / 1000 for offset, width in enumerate(numbers(second, left))}
            index += 2
        elif index + 2 < len(parts):
            last, width = int(number(second)), number(parts[index + 2]) / 1000
            widths = dict.fromkeys(range(first, min(last, first + left) + 1), width)
            index += 3
        else:
            return
        left -= len(widths) + 1
        yield widths


def _drawn(source: Any, name: str) -> Font:
    """Read a Type 3 font, whose letters are drawn by procedures (ISO 32000-1, 9.6.5)."""
    matrix = numbers(source.get("/FontMatrix"), 6)
    matrix = matrix if len(matrix) == 6 else [0.001, 0, 0, 0.001, 0, 0]
    encoding: dict[int, str] = {}
    code = 0
    for entry in entries(dictionary(source.get("/Encoding")).get("/Differences"), 600):
        if isinstance(entry, pikepdf.Name):
            encoding[code] = str(entry)
            code += 1
        else:
            code = int(number(entry))
    glyphs = (source.get("/CharProcs"), encoding, tuple(matrix), source.get("/Resources"))
    box = numbers(source.get("/FontBBox"), 4)
    top, bottom = (box[3] * matrix[3], box[1] * matrix[3]) if len(box) == 4 else (0.0, 0.0)
    if not 0 < top - bottom < 3:
        top, bottom = _UPPER, _LOWER
    return Font(name, "Type3", True, 1, _widths(source, matrix[0]), 0.0, top, bottom, glyphs=glyphs)
