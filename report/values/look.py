"""How documents of a theme look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class FontFace:
    """One font file. `role` is what a theme calls the family (``text``, ``display``, ``symbols``).

    A family with a `script` has letters of it that the others lack (ISO 15924: ``Hebr``); that is its role, too.
    """

    role: str
    family: str
    path: Path
    weight: int = 400
    italic: bool = False
    script: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """One flat shape of a cover, in millimetres from the page's top left corner; `fill` is an RGB hex colour."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    fill: str


Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, in per cent."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a document looks, for every format alike.

    `tokens` are the theme's flat design tokens (``colour-primary``: ``#0b3c49``), `inks` what colour tokens are printed in. `styles` are style sheets in
    cascade order. `letterhead` says what the head and foot of a page show. `word` maps selectors of the same HTML to Word styles (see `report.formats.docx`).
    """

    theme: str
    tokens: Mapping[str, str]
    fonts: tuple[FontFace, ...]
    styles: tuple[str, ...]
    word: Mapping[str, Any]
    cover: tuple[Shape, ...] = ()
    letterhead: tuple[str, ...] = ()
    inks: Mapping[str, Inks] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def printed(self) -> dict[str, Inks]:
        """Return the inks of every hex colour, in small letters, that a token gives inks to."""
        return {self.tokens[name].lower(): parts for name, parts in self.inks.items()}

    @property
    def named(self) -> dict[str, str]:
        """Return the token's name of every hex colour, in small letters, that a token gives inks to."""
        return {self.tokens[name].lower(): name for name in reversed(tuple(self.inks))}
