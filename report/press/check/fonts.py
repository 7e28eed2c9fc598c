"""Fonts of a page: whether they are in the file, and how wide and high their characters are, in parts of the type's size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_HELVETICA = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 "
    "1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 "
    "333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
)
"""Widths of Helvetica from the space on, for fonts that are neither embedded nor say their own."""
_PLAIN = {code: int(width) / 1000 for code, width in enumerate(_HELVETICA.split(), 32)}
_UPPER, _LOWER = 0.75, -0.22


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

    def codes(self, text: bytes) -> Iterator[int]:
        """Yield the codes of a string's characters."""
        if self.size == 1:
            yield from text
        else:
            for index in range(0, len(text) - 1, 2):
                yield text[index] << 8 | text[index + 1]

    def width(self, code: int) -> float:
        return self.widths.get(code, self.default)


UNKNOWN = Font("unknown", "missing", False, widths=_PLAIN)
"""Stands for a font that the resources do not name."""


def font(found: Any) -> Font:
    """Read a font; what is wrong in it is left out."""
    try:
        kind = str(found.get("/Subtype", "")).lstrip("/")
        name = str(found.get("/BaseFont", found.get("/Name", "unnamed"))).lstrip("/")
        if kind == "Type0":
            return _composite(found, name)
        if kind == "Type3":
            return _drawn(found, name)
        return _simple(found, name, kind)
    except (pikepdf.PdfError, TypeError, ValueError, AttributeError, KeyError, IndexError):
        return UNKNOWN


def plain(name: str) -> str:
    """Return a font's name without the six letters of a subset."""
    return name[7:] if len(name) > 7 and name[6] == "+" else name


def _inside(described: Any) -> bool:
    return described is not None and any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _heights(described: Any) -> tuple[float, float]:
    """Return how far letters go up and down: capitals rather than ascents, which leave room for accents."""
    if described is None:
        return _UPPER, _LOWER
    top = float(described.get("/CapHeight", 0)) / 1000
    bottom = float(described.get("/Descent", 0)) / 1000
    return (top if 0.4 < top < 1 else _UPPER), (max(bottom, -0.3) if -1 < bottom < 0 else _LOWER)


def _simple(found: Any, name: str, kind: str) -> Font:
    described = found.get("/FontDescriptor")
    first = int(found.get("/FirstChar", 0))
    widths = {first + i: float(w) / 1000 for i, w in enumerate(list(found.get("/Widths", []))[:256])}
    missing = float(described.get("/MissingWidth", 0)) / 1000 if described is not None else 0.0
    top, bottom = _heights(described)
    default = missing if widths else 0.6 if "Courier" in name else 0.5
    return Font(name, kind or "Type1", _inside(described), 1, widths or ({} if "Courier" in name else _PLAIN), default, top, bottom)  # fmt: skip


def _composite(found: Any, name: str) -> Font:
    inner = found["/DescendantFonts"][0]
    described = inner.get("/FontDescriptor")
    top, bottom = _heights(described)
    upright = str(found.get("/Encoding", "")).endswith("-V")
    kind = str(inner.get("/Subtype", "")).lstrip("/")
    widths = dict(_ranges(list(inner.get("/W", []))))
    return Font(name, kind, _inside(described), 2, widths, float(inner.get("/DW", 1000)) / 1000, top, bottom, upright)


def _ranges(entries: list[Any]) -> Iterator[tuple[int, float]]:
    """Yield the widths of a composite font (ISO 32000-1, 9.7.4.3)."""
    index, left = 0, 70_000
    while index + 1 < len(entries) and left > 0:
        first, second = int(entries[index]), entries[index + 1]
        if isinstance(second, pikepdf.Array):
            for offset, width in enumerate(second):
                yield first + offset, float(width) / 1000
            left -= len(second)
            index += 2
        elif index + 2 < len(entries):
            width = float(entries[index + 2]) / 1000
            for code in range(first, min(int(second), first + left) + 1):
                yield code, width
            left -= max(int(second) - first, 0)
            index += 3
        else:
            return


def _drawn(found: Any, name: str) -> Font:
    """Read a Type 3 font, whose letters are drawn by procedures (ISO 32000-1, 9.6.5)."""
    matrix = [float(one) for one in found.get("/FontMatrix", [0.001, 0, 0, 0.001, 0, 0])]
    first = int(found.get("/FirstChar", 0))
    widths = {first + i: float(w) * matrix[0] for i, w in enumerate(list(found.get("/Widths", []))[:256])}
    encoding: dict[int, str] = {}
    code = 0
    differences = found["/Encoding"].get("/Differences", []) if isinstance(found.get("/Encoding"), pikepdf.Dictionary) else []  # fmt: skip
    for entry in list(differences)[:600]:
        if isinstance(entry, pikepdf.Name):
            encoding[code] = str(entry)
            code += 1
        else:
            code = int(entry)
    glyphs = (found.get("/CharProcs"), encoding, tuple(matrix), found.get("/Resources"))
    box = [float(one) for one in found.get("/FontBBox", [0, 0, 0, 0])]
    top, bottom = box[3] * matrix[3], box[1] * matrix[3]
    if not 0 < top - bottom < 3:
        top, bottom = _UPPER, _LOWER
    return Font(name, "Type3", True, 1, widths, 0.0, top, bottom, glyphs=glyphs)
