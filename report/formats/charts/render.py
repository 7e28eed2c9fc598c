"""A drawing becomes SVG or PNG: its specification by kind, rendered by vl-convert, cached as long as the process."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from report import files
from report.formats.charts import bars, diagram, donut, lines, mark, timeline
from report.formats.charts.style import Style
from report.formats.charts.style import of as style_of
from report.isolation import memory
from report.values import Chart, Diagram, Drawing, Look, Mark, ReportError, Timeline

Spec = dict[str, Any]
Fonts = tuple[tuple[Path, str], ...]
"""The folders of a theme's fonts, and the digests of those that drawings are set in."""
_CHARTS: Mapping[str, Callable[[Chart, Style], Spec]] = {
    "bar": bars.bar,
    "stacked": bars.stacked,
    "line": lines.line,
    "donut": donut.donut,
}


def specification(drawing: Chart | Diagram | Timeline, style: Style) -> Spec:
    """Return the Vega-Lite specification of a drawing."""
    match drawing:
        case Chart():
            spec = _CHARTS[drawing.kind](drawing, style)
        case Diagram():
            spec = diagram.diagram(drawing, style)
        case Timeline():
            spec = timeline.timeline(drawing, style)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": 0,
        **spec,
        "config": {
            "font": style.families,
            "view": {"stroke": None},
            "axis": {"domain": False, "ticks": False, "grid": False, "title": None, "labelColor": style.ink,
                     "labelFontSize": style.text, "labelPadding": 8, "labelLineHeight": style.text * 1.25},
            "text": {"font": style.families, "fontSize": style.text, "fill": style.ink, "lineHeight": style.text * 1.25},
        },
    }  # fmt: skip


def svg(drawing: Drawing, look: Look) -> str:
    """Return a drawing as SVG: a mark at its least size, all else as wide as the text of a page."""
    style = style_of(look)
    if isinstance(drawing, Mark):
        return mark.svg(drawing, style)
    return _svg(json.dumps(specification(drawing, style), sort_keys=True), _fonts(style))


def size(drawing: Drawing, look: Look) -> tuple[float, float]:
    """Return a drawing's height and width in CSS pixels, without rendering it."""
    if isinstance(drawing, Mark):
        return mark.size(drawing)
    spec = specification(drawing, style_of(look))
    return spec["height"], spec["width"]


def png(drawing: Drawing, look: Look, scale: float = 3.125) -> bytes:
    """Return a drawing as PNG; the default scale makes 300 pixels of an inch."""
    text, fonts = svg(drawing, look), _fonts(style_of(look))

    def render() -> bytes:
        image: bytes = _engine_with(fonts).svg_to_png(text, scale=scale)
        return image

    return _cached(f"{text} {scale} {fonts}", "png", render)


def _fonts(style: Style) -> Fonts:
    return tuple((path.parent, files.digest(path)) for path in (*style.regular, *style.bold))


def cache_in(folder: Path | None) -> None:
    """Cache what is rendered in a folder, and look there first; without one, cache it for this process alone."""
    _FOLDER[:] = [folder] if folder else []


_FOLDER: list[Path] = []


@functools.lru_cache(maxsize=256)
def _svg(spec: str, fonts: Fonts) -> str:
    def render() -> bytes:
        text: str = _engine_with(fonts).vegalite_to_svg(json.loads(spec), allowed_base_urls=[])
        return text.encode()

    return _cached(f"{spec}{fonts}", "svg", render).decode()


def _cached(what: str, suffix: str, render: Callable[[], bytes]) -> bytes:
    """Return the content of a file of the cache, or what is rendered now, and put it there."""
    if not _FOLDER:
        return render()
    key = hashlib.sha256(f"{metadata.version('vl-convert-python')} {what}".encode()).hexdigest()
    file = _FOLDER[0] / f"{key}.{suffix}"
    with contextlib.suppress(OSError):
        return file.read_bytes()
    content = render()
    with contextlib.suppress(ReportError):
        files.replace(file, content)
    return content


@functools.lru_cache(maxsize=64)
def _engine_with(fonts: Fonts) -> Any:
    """Let the chart engine measure text in a theme's fonts; anew where they changed."""
    for folder in dict.fromkeys(folder for folder, _ in fonts):
        _engine().register_font_directory(str(folder))
    return _engine()


@functools.cache
def _engine() -> Any:
    """Load the chart engine, for which a process of limited memory makes room first."""
    memory.reserve()
    import vl_convert

    return vl_convert
