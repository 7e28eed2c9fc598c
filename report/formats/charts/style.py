"""How drawings look: fonts, sizes and colours from the theme, told apart without colour too."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from report.formats.charts.measure import Face
from report.looks.theme import contrast, points
from report.values import Chart, Look

WIDTH = 597
"""CSS pixels: the width of the text on an A4 page of the house, 158 mm. A kind for a print shop has its own."""
HIGHEST = 840
"""A drawing that is higher is made smaller: with its title it would not stand on a page. `figure img` in elements.css."""
GUTTER = 19
"""Between two drawings side by side, 5 mm."""
APART = 1.9
"""Least contrast of neighbours in a chart, so that they are told apart in grey too."""
MIN_TEXT = 4.5
_PX = 96 / 72
_SMALL = 8 * _PX
"""The small type of the house."""


@dataclass(frozen=True, slots=True)
class Style:
    """The part of a `Look` that drawings use; sizes are in CSS pixels.

    `font` is the family of the text, `families` are all that it needs, as CSS lists them.
    """

    font: str
    families: str
    regular: Face
    bold: Face
    ink: str
    muted: str
    line: str
    paper: str
    tint: str
    primary: str
    accent: str
    text: float
    small: float
    fills: tuple[str, ...]
    width: float = WIDTH

    @property
    def scale(self) -> float:
        """Return how much larger the type is than the house's: what stands around it grows with it."""
        return self.small / _SMALL


@functools.lru_cache(maxsize=16)
def _style(theme: str, tokens: tuple[tuple[str, str], ...], faces: tuple[tuple[str, Path, bool], ...]) -> Style:
    token = dict(tokens)
    family = faces[0][0]
    families = ", ".join(dict.fromkeys(name for name, _, _ in faces))
    small = float(token["size-small"].removesuffix("pt")) * _PX if token["size-small"].endswith("pt") else 10.7
    return Style(
        font=family,
        families=families,
        regular=tuple(path for _, path, bold in faces if not bold),
        bold=tuple(path for _, path, bold in faces if bold),
        ink=token["colour-ink"],
        muted=token["colour-muted"],
        line=token["colour-line"],
        paper=token["colour-paper"],
        tint=token["colour-tint"],
        primary=token["colour-primary"],
        accent=token["colour-accent"],
        text=small * 1.06,
        small=small,
        fills=fills(token),
        width=_width(token),
    )


def _width(token: dict[str, str]) -> float:
    """Return how wide the text of a page is, where the page has a size of its own; else that of the house."""
    if "page-width" not in token:
        return WIDTH
    left, right = (points(token[f"page-margin-{side}"]) for side in ("left", "right"))
    return max(200.0, (points(token["page-width"]) - left - right) * _PX)


def total(chart: Chart, style: Style) -> float:
    """Return how wide a chart is, in CSS pixels."""
    return (style.width - GUTTER) / 2 if chart.half else style.width


def of(look: Look) -> Style:
    """Return the style of a look."""
    faces = tuple(
        (face.family, face.path, face.weight >= 600)
        for face in look.fonts
        if (face.role == "text" or face.script) and not face.italic
    )
    return _style(look.theme, tuple(sorted(look.tokens.items())), faces)


def fills(token: dict[str, str]) -> tuple[str, ...]:
    """Return six colours in turn dark and light: neighbours have a contrast of `APART` or more, the ends too."""
    dark = [token[f"colour-{name}"] for name in ("primary", "second", "accent")]
    light = [token["colour-sun"], mix(token["colour-second"], token["colour-paper"], 0.35), mix(token["colour-accent"], token["colour-paper"], 0.3)]  # fmt: skip
    colours = []
    for number in range(6):
        colour = (dark, light)[number % 2][number // 2]
        if number % 2:
            neighbours = (dark[number // 2], dark[(number // 2 + 1) % 3])
            while min(contrast(colour, other) for other in neighbours) < APART and colour != token["colour-paper"]:
                colour = mix(colour, token["colour-paper"], 0.85)
        colours.append(colour)
    return tuple(colours)


def mix(one: str, other: str, share: float) -> str:
    """Return a colour with `share` of `one` and the rest of `other`."""
    parts = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


def on(fill: str, style: Style) -> str:
    """Return the colour of text on a fill: the one with the greater contrast."""
    return max((style.ink, style.paper), key=lambda colour: contrast(colour, fill))
