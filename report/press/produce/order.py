"""What is to be printed, and how: everything that the laid-out PDF itself does not say."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from report.profiles.printer import Standard
from report.values import Inks


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """An order to print.

    `inks` maps hex colours of the source (``#0f3d4c``) to the inks they are printed in, `names` the same colours to what
    their theme calls them. `bleed` is that of the source, in millimetres, all round: its MediaBox is trim and bleed.
    `folds` are for each page the distances of its folds from the left edge of the trim, in millimetres. Photographs of more
    than one and a half times `finest` pixels per inch are made that fine; without it, they keep their pixels.
    """

    title: str
    date: datetime.date
    bleed: float
    inks: Mapping[str, Inks] = field(default_factory=lambda: MappingProxyType({}))
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    standard: Standard = "PDF/X-4"
    folds: tuple[tuple[float, ...], ...] = ()
    finest: int | None = None
    author: str = ""
    language: str = "en"
