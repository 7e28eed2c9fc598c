"""Check, draw and impose anybody's PDF in a process with limits of time and memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from report import isolation

if TYPE_CHECKING:
    from report.press.check.check import Preflight
    from report.press.check.rules.expected import Expected
    from report.press.impose.impose import Imposed, ImpositionOrder
    from report.profiles.load import Shop


def check(file: Path, shop: Shop, expected: Expected) -> Preflight:
    """Check a PDF against what a print shop takes; raise `ReportError` where it cannot be read within the limits."""
    return isolation.run(_check, file, shop, expected, about=file)


def draw(file: Path, preflight: Preflight, shop: Shop, expected: Expected, folder: Path) -> list[Path]:
    """Draw a PDF's pages with their problems marked; return the pictures."""
    return isolation.run(_draw, file, preflight, shop, expected, folder, about=file)


def impose(file: Path, order: ImpositionOrder) -> Imposed:
    """Arrange the pages of a PDF on sheets; raise `ReportError` where it cannot be read within the limits."""
    return isolation.run(_impose, file, order, about=file)


def _check(file: Path, shop: Shop, expected: Expected) -> Preflight:
    from report.press.check import check

    return check.check(file, shop, expected)


def _draw(file: Path, preflight: Preflight, shop: Shop, expected: Expected, folder: Path) -> list[Path]:
    from report.press.check import page_images

    return page_images.draw(file, preflight, shop.profile, expected, folder)


def _impose(file: Path, order: ImpositionOrder) -> Imposed:
    from report.press.impose import impose

    return impose.impose(file, order)
