"""What is drawn from numbers: Vega-Lite specifications, rendered by vl-convert to SVG or PNG.

`svg`, `png` and `size` are the whole interface. Word's own charts are written by `report.formats.docx.chart`.
"""

from report.formats.charts.render import png, size, svg

__all__ = ["png", "size", "svg"]
