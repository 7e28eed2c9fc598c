"""PDF by WeasyPrint: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) in one file."""

from report.formats.pdf.write import Extent, Layout, extent, layout, write

__all__ = ["Extent", "Layout", "extent", "layout", "write"]
