"""The style sheet of a look: its fonts, its tokens, the cover's art, and the styles that the templates bring."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from report.formats import right_to_left
from report.html.tree import Tree
from report.values import FontFace, Look, Printing, Shape

_ON_SCREENS = re.compile(r"@media screen\b[^{]*\{(?:[^{}]|\{[^{}]*\})*\}")
_NUMBER, _WIDTH = re.compile(r"-?\d+"), re.compile(r"[0-9.]+%?")
_HIGHEST = 0.8
"""The share of a page or panel that a picture may be high."""
COVER_SIZE_MM = (210, 297)


def stylesheet(look: Look, font_url: Callable[[FontFace], str]) -> str:
    """Return the whole style sheet; `font_url` says where a font file is to be had."""
    return "\n".join([_fonts(look, font_url), _tokens(look), *look.styles, _cover(look.cover)])


def directed(style: str, tree: Tree) -> str:
    """Return a style sheet for what runs from right to left in a document, where anything does; else as it is."""
    return right_to_left.both_directions(style, tree.is_rtl) if tree.has_directions else style


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


def attributes(tree: Tree) -> str:
    """Return the rules that attributes stand for: widths of columns and pictures, and the numbers of lists (HTML 15.3.8)."""
    return "\n".join(rule for rule in (widths(tree), numbers(tree)) if rule)


def numbers(tree: Tree) -> str:
    """Return the rules that number lists as ``<ol start="24" type="a">`` and ``<li value="5">`` say."""
    starts = sorted(map(int, _values(tree, "ol", "start", _NUMBER)))
    values = sorted(map(int, _values(tree, "li", "value", _NUMBER)))
    types = sorted(_values(tree, "ol", "type", re.compile("[aAiI]")))
    rules = [f'ol[start="{number}"]{{counter-reset:list-item {number - 1}}}' for number in starts]
    # WeasyPrint sets before it counts on, where CSS Lists 3 does so after
    rules += [f'li[value="{number}"]{{counter-set:list-item {number - 1}}}' for number in values]
    return "\n".join(rules + [f'ol[type="{name}"]{{list-style-type:{_TYPES[name]}}}' for name in types])


def widths(tree: Tree) -> str:
    """Return the rules that give ``<col data-width="46">`` its per cent and ``<img width="150">`` its pixels."""
    columns = sorted(_values(tree, "col", "data-width", _WIDTH))
    pictures = sorted(_values(tree, "img", "width", _WIDTH))
    rules = [f'col[data-width="{width}"]{{width:{width}%}}' for width in columns]
    rules += [f'img[width="{width}"]{{width:{width}{"" if width.endswith("%") else "px"}}}' for width in pictures]
    return "\n".join(rules)


def _values(tree: Tree, tag: str, attribute: str, form: re.Pattern[str]) -> set[str]:
    """Return the values of an attribute that have that form."""
    values = (attributes.get(attribute, "") for name, attributes in tree.tags() if name == tag)
    return {value for value in values if form.fullmatch(value)}


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
