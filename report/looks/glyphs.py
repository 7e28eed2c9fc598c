"""Which characters a theme's fonts can show. A character that no font has would come out as an empty box, in silence."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence, Set
from pathlib import Path

from report.source.invisible import LOST, NO_WIDTH
from report.values import FontFace, Location, ReportError

_UNSEEN = frozenset("\t\n\r").union(
    *(map(chr, range(ord(first), ord(last or first) + 1)) for first, last in re.findall("(.)(?:-(.))?", NO_WIDTH))
)
"""Characters that no font needs to have: nothing is drawn for them."""


def covered(path: Path) -> frozenset[int]:
    """Return the code points that a font has; raise `ReportError` for a file that is no font."""
    return _covered(path, path.stat().st_mtime_ns)


@functools.cache
def _covered(path: Path, _changed: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - slow to import, needed only when building

    try:
        with TTFont(path, lazy=True) as font:
            return frozenset(font.getBestCmap())
    except (TTLibError, OSError, KeyError, AssertionError) as error:
        raise ReportError.of(
            "theme.font", f"this is not a font: {error}", Location(path), "a TrueType or OpenType file is needed"
        ) from None


def needed(fonts: tuple[FontFace, ...], text: str) -> tuple[FontFace, ...]:
    """Return the fonts of a document: those for the letters of a script are among them where `text` has such letters."""
    if text.isascii() or not any(face.script for face in fonts):
        return tuple(face for face in fonts if not face.script)
    plain = frozenset().union(*(covered(face.path) for face in fonts if not face.script and face.weight == 400))
    rare = frozenset(map(ord, text)) - plain
    scripts = {face.script for face in fonts if face.script and rare & covered(face.path)}
    return tuple(face for face in fonts if not face.script or face.script in scripts)


def width(text: str, paths: Sequence[Path]) -> float:
    """Return how wide a line of `text` is in a font of size 1; what the first font lacks is in the next that has it."""
    known = [_advances(path, path.stat().st_mtime_ns) for path in paths]
    return sum(next((advances[ord(c)] / em for advances, em in known if ord(c) in advances), 1) for c in text)


@functools.cache
def _advances(path: Path, _changed: int) -> tuple[dict[int, int], int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to import, needed only when building

    with TTFont(path, lazy=True) as font:
        table = font["hmtx"]
        return {code: table[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm


def characters(fonts: tuple[FontFace, ...]) -> frozenset[str]:
    """Return the characters that the upright fonts of a theme have, and nothing for a letter that was lost (U+FFFD)."""
    upright = {face.path for face in fonts if not face.italic and face.weight == 400}
    return _UNSEEN.union(*(map(chr, covered(path)) for path in upright)) - {LOST}


def uncovered(text: str, known: Set[str]) -> list[str]:
    """Return the characters of `text` that are not `known`, each once, in order."""
    return [c for c in dict.fromkeys(text) if c not in known]


def describe(character: str) -> str:
    """Return how to name a character that cannot be shown."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'without a name')}"
