"""What is drawn from numbers: Vega-Lite specifications, rendered by vl-convert to SVG or PNG.

`svg`, `png`, `size` and `cache_in` are the whole interface. Word's own charts are written by `report.formats.docx.chart`.
"""

from report.formats.charts.render import cache_in, png, size, svg

__all__ = ["cache_in", "png", "size", "svg"]
