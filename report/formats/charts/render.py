"""A drawing becomes SVG or PNG: its specification by kind, rendered by vl-convert, kept as long as the process."""

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
from report.formats.charts import bars, diagram, donut, lines, mark, style, timeline
from report.formats.charts.style import Style
from report.isolation import memory
from report.values import Chart, Diagram, Drawing, Look, Mark, ReportError, Timeline

Spec = dict[str, Any]
Fonts = tuple[tuple[Path, str], ...]
"""The folders of a theme's fonts, and the fingerprints of those that drawings are set in."""
_KINDS: Mapping[str, Callable[[Any, Style], Spec]] = {
    "bar": bars.bar,
    "stacked": bars.stacked,
    "line": lines.line,
    "donut": donut.donut,
    "diagram": diagram.diagram,
    "timeline": timeline.timeline,
}


def specification(drawing: Drawing, made: Style) -> Spec:
    """Return the Vega-Lite specification of a drawing."""
    kind = {Diagram: "diagram", Timeline: "timeline"}.get(type(drawing)) or (
        drawing.kind if isinstance(drawing, Chart) else ""
    )
    spec = _KINDS[kind](drawing, made)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": 0,
        **spec,
        "config": {
            "font": made.families,
            "view": {"stroke": None},
            "axis": {"domain": False, "ticks": False, "grid": False, "title": None, "labelColor": made.ink,
                     "labelFontSize": made.text, "labelPadding": 8, "labelLineHeight": made.text * 1.25},
            "text": {"font": made.families, "fontSize": made.text, "fill": made.ink, "lineHeight": made.text * 1.25},
        },
    }  # fmt: skip


def svg(drawing: Drawing, look: Look) -> str:
    """Return a drawing as SVG: a mark at its least size, all else as wide as the text of a page."""
    made = style.of(look)
    if isinstance(drawing, Mark):
        return mark.svg(drawing, made)
    return _svg(json.dumps(specification(drawing, made), sort_keys=True), _fonts(made))


def size(drawing: Drawing, look: Look) -> tuple[float, float]:
    """Return a drawing's height and width in CSS pixels, without rendering it."""
    if isinstance(drawing, Mark):
        return mark.size(drawing)
    spec = specification(drawing, style.of(look))
    return spec["height"], spec["width"]


def png(drawing: Drawing, look: Look, scale: float = 3.125) -> bytes:
    """Return a drawing as PNG; the default scale makes 300 pixels of an inch."""
    drawn = svg(drawing, look)

    fonts = _fonts(style.of(look))

    def rendered() -> bytes:
        vl_convert = _engine()
        _register(fonts)
        image: bytes = vl_convert.svg_to_png(drawn, scale=scale)
        return image

    return _kept(f"{drawn} {scale} {fonts}", "png", rendered)


def _fonts(made: Style) -> Fonts:
    return tuple((path.parent, files.digest(path)) for path in (*made.regular, *made.bold))


def keep_in(folder: Path | None) -> None:
    """Keep what is rendered in a folder, and look there first; without one, keep it for this process alone."""
    _KEPT[:] = [folder] if folder else []


_KEPT: list[Path] = []


@functools.lru_cache(maxsize=256)
def _svg(spec: str, fonts: Fonts) -> str:
    return _kept(f"{spec}{fonts}", "svg", lambda: _rendered(spec, fonts)).decode()


def _kept(what: str, suffix: str, make: Callable[[], bytes]) -> bytes:
    """Return what a file of the cache holds, or what is made now, and put it there."""
    if not _KEPT:
        return make()
    key = hashlib.sha256(f"{metadata.version('vl-convert-python')} {what}".encode()).hexdigest()
    file = _KEPT[0] / f"{key}.{suffix}"
    with contextlib.suppress(OSError):
        return file.read_bytes()
    content = make()
    with contextlib.suppress(ReportError):
        files.replace(file, content)
    return content


def _rendered(spec: str, fonts: Fonts) -> bytes:
    vl_convert = _engine()
    _register(fonts)
    drawn: str = vl_convert.vegalite_to_svg(json.loads(spec), allowed_base_urls=[])
    return drawn.encode()


@functools.lru_cache(maxsize=64)
def _register(fonts: Fonts) -> None:
    """Let vl-convert measure text in the theme's fonts; anew where they changed."""
    vl_convert = _engine()
    for folder in dict.fromkeys(folder for folder, _ in fonts):
        vl_convert.register_font_directory(str(folder))


@functools.cache
def _engine() -> Any:
    """Load the chart engine, for which a process of limited memory makes room first."""
    memory.reserve()
    import vl_convert

    return vl_convert
