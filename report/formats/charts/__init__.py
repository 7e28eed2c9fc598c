"""What is drawn from numbers: Vega-Lite specifications, rendered by vl-convert to SVG or PNG.

`svg`, `png`, `size` and `keep_in` are the whole interface. Word's own charts are written by `report.formats.docx.chart`.
"""

from report.formats.charts.render import keep_in, png, size, svg

__all__ = ["keep_in", "png", "size", "svg"]
