"""A laid-out PDF in RGB becomes what a print shop takes: PDF/X in CMYK, with its boxes, marks and output intent."""

from report.press.produce.order import PrintOrder
from report.press.produce.produce import produce

__all__ = ["PrintOrder", "produce"]
