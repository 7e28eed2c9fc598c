"""PDF by WeasyPrint: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) in one file.

In order: `extent`, `weasyprint/` (all that depends on its private parts), `render`, `write`.
"""

from report.formats.pdf.extent import Extent, Layout
from report.formats.pdf.write import extent, layout, write

__all__ = ["Extent", "Layout", "extent", "layout", "problems", "write"]
