"""How wide text is in a font, and where it breaks: drawings place their words themselves, so that none overlap."""

from __future__ import annotations

import functools
from pathlib import Path


def width(text: str, font: Path, size: float) -> float:
    """Return the width of a line in the unit of `size`."""
    advances, em, default = _advances(font)
    return sum(advances.get(ord(c), default) for c in text) * size / em


def wrap(text: str, font: Path, size: float, room: float, most: int = 3) -> list[str]:
    """Break a text into at most `most` lines of `room`; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    words = [word for word in text.replace("\n", " ").split(" ") if word]
    while words:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", font, size) <= room:
            line += f" {words.pop(0)}"
        lines.append(_cut(line, font, size, room))
        if len(lines) == most and words:
            lines[-1] = _cut(f"{lines[-1].rstrip('…')} {words[0]}…", font, size, room)
            break
    return lines or [""]


def _cut(line: str, font: Path, size: float, room: float) -> str:
    if width(line, font, size) <= room:
        return line
    kept = line.rstrip("…")
    while kept and width(kept + "…", font, size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


@functools.lru_cache(maxsize=16)
def _advances(font: Path) -> tuple[dict[int, int], int, int]:
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        table, cmap = opened["hmtx"], opened.getBestCmap()
        advances = {code: table[name][0] for code, name in cmap.items()}
        return advances, opened["head"].unitsPerEm, advances.get(0x6E, opened["head"].unitsPerEm // 2)
