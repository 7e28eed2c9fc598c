"""A look and a way to make documents, for the tests of the DOCX writer."""

from __future__ import annotations

import datetime
import functools
import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from lxml import etree
from PIL import Image

from report.formats.docx import render
from report.formats.ooxml import NAMESPACES
from report.html.parser import tree
from report.values import Document, FontFace, Look, Shape

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
FONTS = TEMPLATES / "fonts" / "ibm-plex"
TOKENS = MappingProxyType({
    "colour-ink": "#1d2a30", "colour-primary": "#0f3d4c", "colour-accent": "#d9542b", "colour-second": "#2a7f86",
    "colour-sun": "#f0b541", "colour-tint": "#eef4f4", "colour-line": "#c9d6d8", "colour-muted": "#566a70",
    "colour-paper": "#ffffff", "size-text": "9.5pt", "size-small": "8pt", "size-lead": "12.5pt", "size-h1": "26pt",
    "size-h2": "17pt", "size-h3": "12pt", "size-cover": "40pt", "line-text": "1.5", "page-margin-top": "26mm",
    "page-margin-bottom": "24mm", "page-margin-left": "28mm", "page-margin-right": "24mm", "space-paragraph": "6pt",
})  # fmt: skip
COVER = (
    Shape("rect", 0, 0, 210, 297, "#0f3d4c"), Shape("ellipse", 120, 150, 160, 160, "#2a7f86"),
    Shape("ellipse", -40, 210, 120, 120, "#d9542b"), Shape("ellipse", 150, 30, 30, 30, "#f0b541"),
)  # fmt: skip
STYLES = {400: "Regular", 700: "Bold"}


@functools.cache
def word() -> Mapping[str, Any]:
    """Return the shared ``word.yaml``, parsed."""
    return yaml.safe_load((TEMPLATES / "word.yaml").read_text(encoding="utf-8"))


@functools.cache
def faces() -> tuple[FontFace, ...]:
    found = [FontFace("symbols", "IBM Plex Math", FONTS / "IBMPlexMath-Regular.ttf")]
    for role, name in (("text", "Sans"), ("display", "Serif")):
        for weight in (400, 700):
            for italic in (False, True):
                style = f"{STYLES[weight]}{'Italic' if italic else ''}".replace("RegularItalic", "Italic")
                path = FONTS / f"IBMPlex{name}-{style}.ttf"
                found.append(FontFace(role, f"IBM Plex {name}", path, weight, italic))
    return tuple(found)


@functools.cache
def look(fonts: bool = False) -> Look:
    """Return the look; without `fonts` only one face of each family, since embedding takes most of a test's time."""
    chosen = [face for face in faces() if fonts or (face.weight == 400 and not face.italic)]
    return Look("test", TOKENS, tuple(chosen), (), word(), COVER)


def document(body: str, *, language: str = "en", rules: list[dict[str, Any]] | None = None,
             styles: dict[str, Any] | None = None, assets: Mapping[str, Path] | None = None,
             title: str = "Title", fonts: bool = False) -> Document:  # fmt: skip
    """Make a document from the inside of ``body``; `rules` and `styles` come after the shared ones."""
    chosen = look(fonts)
    if rules or styles:
        shared = word()
        merged = {"styles": {**shared["styles"], **(styles or {})}, "rules": [*shared["rules"], *(rules or [])]}
        chosen = replace(chosen, word=merged)
    head = f'<meta charset="utf-8"><title>{title}</title>'
    html = f'<!DOCTYPE html><html lang="{language}"><head>{head}</head><body>{body}</body></html>'
    return Document(title, language, "test", tree(html), datetime.date(2025, 3, 14), chosen, "An author", "A subject",
                    assets or {})  # fmt: skip


class Opened:
    """A written file, its parts parsed on demand."""

    def __init__(self, content: bytes):
        self.content = content
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self.names = self._archive.namelist()

    @functools.cached_property
    def body(self) -> etree._Element:
        return self.part("document")[0]

    def part(self, name: str) -> etree._Element:
        return etree.fromstring(self._archive.read(f"word/{name}.xml"))

    def raw(self, name: str) -> bytes:
        return self._archive.read(name)

    def find(self, path: str, root: etree._Element | None = None) -> list[Any]:
        """Return what an XPath finds in the body, with the usual prefixes."""
        return (self.body if root is None else root).xpath(path, namespaces=dict(NAMESPACES))

    def lines(self) -> list[tuple[str, str]]:
        """Return (style, text) of every paragraph, with tabs and breaks shown."""
        return [(style(p), text(p)) for p in self.find(".//w:p")]


def style(paragraph: etree._Element) -> str:
    found = paragraph.xpath("w:pPr/w:pStyle/@w:val", namespaces=dict(NAMESPACES))
    return found[0] if found else "Normal"


def text(element: etree._Element) -> str:
    """Return an element's text as a reader sees it."""
    shown = {"tab": "\t", "br": "\n", "softHyphen": "\u00ad", "noBreakHyphen": "\u2011"}
    result = []
    for node in element.iter():
        name = etree.QName(node).localname
        parent = etree.QName(node.getparent()).localname if node.getparent() is not None else ""
        if name == "t":
            result.append(node.text or "")
        elif name in shown and parent == "r":
            result.append(shown[name])
    return "".join(result)


def make(body: str, pages: Mapping[str, int] | None = None, **options: Any) -> Opened:
    """Write a document and open it."""
    return Opened(render(document(body, **options), pages))


def picture(path: Path, size: tuple[int, int] = (400, 200)) -> Path:
    """Make an image file."""
    Image.new("RGB", size, (42, 127, 134)).save(path)
    return path
