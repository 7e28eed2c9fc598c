"""How wide text is in a font, and where it breaks: drawings place their words themselves, so that none overlap."""

from __future__ import annotations

import collections
import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from report import files

Face = tuple[Path, ...]
"""The fonts that a text is set in: what the first lacks is in another."""


def width(text: str, font: Face, size: float) -> float:
    """Return the width of a line in the unit of `size`."""
    advances, em, default = _advances(font[0], files.state(font[0]))
    if text.isascii() or len(font) == 1:
        return sum(advances.get(ord(c), default) for c in text) * size / em
    others = [_advances(path, files.state(path)) for path in font[1:]]
    return sum(_advance(ord(c), advances, em, default, others) for c in text) * size


def _advance(code: int, advances: dict[int, int], em: int, default: int, others: Sequence[Any]) -> float:
    """Return how wide a character is in the first font that has it, at a size of 1."""
    if code in advances:
        return advances[code] / em
    return next((more[code] / unit for more, unit, _ in others if code in more), default / em)


def wrap(text: str, font: Face, size: float, room: float, most: int = 3) -> list[str]:
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


def apart(texts: Sequence[str], font: Face, size: float, room: float, most: int = 3) -> list[list[str]]:
    """Break texts as `wrap` does; those that would look alike when cut lose their middles, or else are not cut."""
    broken = [wrap(text, font, size, room, most) for text in texts]
    for other in (_middle, _whole):
        counts = collections.Counter(map(tuple, broken))
        broken = [
            other(text, font, size, room, most) if counts[tuple(lines)] > texts.count(text) else lines
            for text, lines in zip(texts, broken, strict=True)
        ]
    return broken


def _middle(text: str, font: Face, size: float, room: float, most: int) -> list[str]:
    """Leave words of the middle out: a third of what fits is the beginning, the rest the end."""
    words = text.split()
    for count in range(len(words) - 1, 1, -1):
        first = max(1, count // 3)
        lines = wrap(" ".join((*words[:first], "…", *words[first - count :])), font, size, room, most + 1)
        if len(lines) <= most and not any(line.endswith("…") and line.split()[-1] != "…" for line in lines):
            return lines
    return wrap(text, font, size, room, most)


def _whole(text: str, font: Face, size: float, room: float, _most: int) -> list[str]:
    return wrap(text, font, size, room, len(text))


def _cut(line: str, font: Face, size: float, room: float) -> str:
    if width(line, font, size) <= room:
        return line
    beginning = line.rstrip("…")
    while beginning and width(beginning + "…", font, size) > room:
        beginning = beginning[:-1]
    return beginning.rstrip() + "…"


@functools.lru_cache(maxsize=16)
def _advances(font: Path, _state: tuple[int, int]) -> tuple[dict[int, int], int, int]:
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        table, cmap = opened["hmtx"], opened.getBestCmap()
        advances = {code: table[name][0] for code, name in cmap.items()}
        return advances, opened["head"].unitsPerEm, advances.get(0x6E, opened["head"].unitsPerEm // 2)
