"""Anybody's PDF, checked, drawn and imposed in a process with limits of time and memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from report import isolation

if TYPE_CHECKING:
    from report.press.check.values import Expected, Report
    from report.press.impose.impose import Imposed, Order
    from report.profiles.load import Shop


def checked(file: Path, shop: Shop, expected: Expected) -> Report:
    """Hold a PDF against what a print shop takes; raise `ReportError` where it cannot be read within the limits."""
    return isolation.run(_checked, file, shop, expected, about=file)


def drawn(file: Path, report: Report, shop: Shop, expected: Expected, folder: Path) -> list[Path]:
    """Draw a PDF's pages with their findings marked; return the pictures."""
    return isolation.run(_drawn, file, report, shop, expected, folder, about=file)


def imposed(file: Path, order: Order) -> Imposed:
    """Arrange the pages of a PDF on sheets; raise `ReportError` where it cannot be read within the limits."""
    return isolation.run(_imposed, file, order, about=file)


def _checked(file: Path, shop: Shop, expected: Expected) -> Report:
    from report.press.check.check import check

    return check(file, shop, expected)


def _drawn(file: Path, report: Report, shop: Shop, expected: Expected, folder: Path) -> list[Path]:
    from report.press.check import picture

    return picture.draw(file, report, shop.profile, expected, folder)


def _imposed(file: Path, order: Order) -> Imposed:
    from report.press.impose.impose import impose

    return impose(file, order)
