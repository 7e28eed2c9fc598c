"""The style sheet of a look: its fonts, its tokens, the cover's art, and the styles that the templates bring."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from report.formats import sides
from report.values import FontFace, Look, Printing, Shape

_ON_SCREENS = re.compile(r"@media screen\b[^{]*\{(?:[^{}]|\{[^{}]*\})*\}")
_TURNED = re.compile(r'<html\b[^>]*\sdir="rtl"')
_WIDTH = re.compile(r'\bwidth="([0-9.]+%?)"')
_HIGHEST = 0.8
"""The share of a page or panel that a picture may be high."""
COVER_SIZE_MM = (210, 297)


def stylesheet(look: Look, font_url: Callable[[FontFace], str]) -> str:
    """Return the whole style sheet; `font_url` says where a font file is to be had."""
    return "\n".join([_fonts(look, font_url), _tokens(look), *look.styles, _cover(look.cover)])


def directed(style: str, html: str) -> str:
    """Return a style sheet for what runs from right to left in a document, where anything does; else as it is."""
    return sides.turned(style, is_turned(html)) if ' dir="' in html else style


def is_turned(html: str) -> bool:
    """Say whether a document runs from right to left."""
    return bool(_TURNED.search(html))


def pages(printing: Printing) -> str:
    """Return the rules that give each panel a page of its size, and every page its size and its bleed."""
    rules = [f"html{{--bleed:{printing.bleed:g}mm}}"]
    rules += [f"@page{{size:{printing.width:g}mm {printing.height:g}mm;bleed:{printing.bleed:g}mm}}"]
    rules += [
        f"img{{max-height:{_HIGHEST * min((printing.height, *(panel.height for panel in printing.panels))):g}mm}}"
    ]
    for panel in printing.panels:
        rules.append(f"@page {panel.id}{{size:{panel.width:g}mm {panel.height:g}mm}}")
        rules.append(f"#{panel.id}{{page:{panel.id};break-before:page;break-after:page}}")
    if (bleed := printing.bleed) and any(panel.id == "cover" for panel in printing.panels):
        size = next(f"{p.width + 2 * bleed:g}mm {p.height + 2 * bleed:g}mm" for p in printing.panels if p.id == "cover")
        rules.append(f"@page cover{{background-position:-{bleed:g}mm -{bleed:g}mm;background-size:{size}}}")
    return "\n" + "\n".join(rules)


def paged(style: str) -> str:
    """Return a style sheet without what is for screens alone, on as many lines: WeasyPrint knows no conditions of media."""
    return _ON_SCREENS.sub(lambda rule: "\n" * rule[0].count("\n"), style)


_TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}


def attributes(html: str) -> str:
    """Return the rules that attributes stand for: widths of columns and pictures, and the numbers of lists (HTML 15.3.8)."""
    return "\n".join(rule for rule in (widths(html), numbers(html)) if rule)


def numbers(html: str) -> str:
    """Return the rules that number lists as ``<ol start="24" type="a">`` and ``<li value="5">`` say."""
    lists, items = ("".join(re.findall(rf"<{tag}\b[^>]*>", html)) for tag in ("ol", "li"))
    starts = sorted({int(n) for n in re.findall(r'\bstart="(-?\d+)"', lists)})
    values = sorted({int(n) for n in re.findall(r'\bvalue="(-?\d+)"', items)})
    types = sorted(set(re.findall(r'\btype="([aAiI])"', lists)))
    rules = [f'ol[start="{number}"]{{counter-reset:list-item {number - 1}}}' for number in starts]
    # WeasyPrint sets before it counts on, where CSS Lists 3 does so after
    rules += [f'li[value="{number}"]{{counter-set:list-item {number - 1}}}' for number in values]
    return "\n".join(rules + [f'ol[type="{name}"]{{list-style-type:{_TYPES[name]}}}' for name in types])


def widths(html: str) -> str:
    """Return the rules that give ``<col data-width="46">`` its per cent and ``<img width="150">`` its pixels."""
    columns = sorted(set(re.findall(r'data-width="([0-9.]+)"', html)))
    pictures = sorted({found[1] for tag in re.findall(r"<img\b[^>]*>", html) if (found := _WIDTH.search(tag))})
    rules = [f'col[data-width="{width}"]{{width:{width}%}}' for width in columns]
    rules += [f'img[width="{width}"]{{width:{width}{"" if width.endswith("%") else "px"}}}' for width in pictures]
    return "\n".join(rules)


def _fonts(look: Look, font_url: Callable[[FontFace], str]) -> str:
    return "\n".join(
        f'@font-face{{font-family:"{face.family}";src:url("{font_url(face)}");font-weight:{face.weight};'
        f"font-style:{'italic' if face.italic else 'normal'}}}"
        for face in look.fonts
    )


def _tokens(look: Look) -> str:
    families: dict[str, str] = {}
    for face in look.fonts:
        if not face.script:
            families.setdefault(face.role, face.family)
    others = "".join(f', "{family}"' for family in dict.fromkeys(face.family for face in look.fonts if face.script))
    others += f', "{families["symbols"]}"' if "symbols" in families else ""
    lines = [f"--{name}:{value}" for name, value in look.tokens.items()]
    lines += [f'--font-{role}:"{family}"{others}' for role, family in families.items()]
    return "html{" + ";".join(lines) + "}"


def _cover(shapes: tuple[Shape, ...]) -> str:
    if not shapes:
        return ""
    width, height = COVER_SIZE_MM
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice">{"".join(map(_shape, shapes))}</svg>'
    art = f'url("data:image/svg+xml,{quote(svg)}")'
    return f"html{{--cover-art:{art}}}@page cover{{background:{art} 0 0/100% 100% no-repeat}}"


def _shape(shape: Shape) -> str:
    if shape.kind == "rect":
        return f'<rect x="{shape.x}" y="{shape.y}" width="{shape.width}" height="{shape.height}" fill="{shape.fill}"/>'
    rx, ry = shape.width / 2, shape.height / 2
    return f'<ellipse cx="{shape.x + rx}" cy="{shape.y + ry}" rx="{rx}" ry="{ry}" fill="{shape.fill}"/>'
