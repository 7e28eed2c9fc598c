"""One HTML file that needs nothing beside it: styles, pictures and the used part of the fonts are inside."""

from __future__ import annotations

import base64
import functools
import io
import mimetypes
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from report import files, pictures
from report.formats import charts, css
from report.values import Artifact, Document, FontFace

_IMAGE = re.compile(r"<img\b[^>]*>")
_ALT, _SOURCE = re.compile(r'\balt="([^"]*)"'), re.compile(r'\bsrc="([^"]*)"')
_CLIPS = re.compile(r'(\bid="|url\(#)([^")]+)')
"""Names inside an SVG, which are the page's too once it stands there."""
_SCREEN = """
body { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem; background: var(--colour-paper); font-size: 1rem }
[data-running] { position: static; text-align: left }
[data-running=footer], [data-field] { display: none }
[role=doc-cover] { background: var(--colour-primary); margin: 0 -1.25rem 2rem }
[role=doc-cover] .subtitle { width: auto }
[role=doc-toc] a::after, a[data-field=target]::after { content: none }
[role=doc-footnote] { float: none; color: var(--colour-muted) }
[role=doc-footnote]::before { content: " (" }
[role=doc-footnote]::after { content: ")" }
img, svg { max-width: 100%; height: auto }
table { table-layout: auto } /* a browser makes columns as wide as their numbers and words */
section:has(> table) { overflow-x: auto }
"""
_JOINING = ("calt", "fina", "init", "isol", "liga", "medi", "mkmk", "rlig")
"""What joins letters of a script (OpenType features)."""
_NAMING = ("CPAL", "STAT", "fvar")
"""Tables that name something in the table ``name``, as features do that no page has. Where a font has none of them its names are
hidden from fontTools, which would go through all of its kerning to find out: a third of the time."""
_PANELS = """
html { font-size: 140% }
body { max-width: none; padding: 0; background: var(--colour-line); font-size: var(--size-text) }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 17rem)); justify-content: center; padding: 2rem 0 }
main > section { padding: 1.75rem 1.5rem; min-width: 0 }
@media (max-width: 52em) { main { grid-template-columns: minmax(0, 1fr); padding: 0 } }
"""
"""What a page of panels adds: they lie side by side as on an unfolded sheet, and one below the other on a telephone."""
_PANEL = "#%s { height: auto }"


def write(document: Document, target: Path, anchors: Mapping[str, int] | None = None) -> Artifact:
    """Write `document` to `target` for the screen; `anchors` is not used, since a screen has no pages."""
    text = document.html
    letters = frozenset(text)
    symbols = frozenset(c for c in letters if c >= "\u2000")
    style = css.stylesheet(
        document.look, lambda face: _font(face, symbols if face.role == "symbols" else letters, files.state(face.path))
    ) + css.widths(document.tree)
    style = re.sub(r"@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", style) + _SCREEN + _panels(document)
    style = css.directed(style, document.tree)
    text = text.replace(
        "</head>", f'<meta name="viewport" content="width=device-width"><style>{style}</style></head>', 1
    )
    text = _IMAGE.sub(lambda tag: _inlined(tag[0], document), text)
    return Artifact(target, "html", files.replace(target, text.encode()))


def _panels(document: Document) -> str:
    """Return the rules of a page of panels, where the document has any; a kind's ``@media screen`` may add to them."""
    panels = document.printing.panels if document.printing else ()
    return "\n".join([_PANELS, *(_PANEL % panel.id for panel in panels)]) if panels else ""


def _inlined(tag: str, document: Document) -> str:
    """Return an img with its picture in it; a drawing becomes SVG in the page, set in the page's fonts."""
    if (source := _SOURCE.search(tag)) is None:
        return tag
    name = unescape(source[1])
    if path := document.assets.get(name):
        data = _data(pictures.upright(path), mimetypes.guess_type(path.name)[0])
        return f"{tag[: source.start(1)]}{data}{tag[source.end(1) :]}"
    if drawing := document.drawings.get(name):
        alt = _ALT.search(tag)
        svg = charts.svg(drawing, document.look)
        svg = svg.replace("<svg", f'<svg role="img" aria-label="{alt[1] if alt else ""}"', 1)
        return _CLIPS.sub(lambda clip: f"{clip[1]}{name.partition(':')[2]}-{clip[2]}", svg)
    return tag


def _data(content: bytes, media_type: str | None) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


@functools.lru_cache(maxsize=64)
def _font(face: FontFace, letters: frozenset[str], _state: tuple[int, int]) -> str:
    """Return the part of a font that shows `letters`, with its language forms, as a WOFF2 data address."""
    from fontTools import subset

    features = ["ccmp", "kern", "locl", "mark", *(_JOINING if face.script else ())]
    options = subset.Options(flavor="woff2", layout_features=features, hinting=False, drop_tables=["MATH", "meta"])
    font = subset.load_font(str(face.path), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(letters)))
    names = font["name"] if "name" in font and not any(tag in font for tag in _NAMING) else None
    if names:
        del font["name"]
    subsetter.subset(font)
    if names:
        names.names = [n for n in names.names if n.nameID in options.name_IDs and n.langID in options.name_languages and n.isUnicode()]  # fmt: skip
        font["name"] = names
    buffer = io.BytesIO()
    font.flavor = "woff2"
    font.save(buffer)
    font.close()
    return _data(buffer.getvalue(), "font/woff2")
