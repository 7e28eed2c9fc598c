"""What style sheets of others may ask for: a sheet and a body for each, to be laid out with and without what is kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from urllib.parse import quote

from report.values import Document
from tests.formats.docx import support

PAGE = "@page { size: A5; margin: 12mm } body { font-family: var(--font-text) } "
WORDS = "Office affluent fjord VAWA To. We wafer, ﬁn 0123 абвгд"
TEXT = "Some words of a paragraph that goes on, <em>some of them</em> in italics, <q>and a few quoted</q>, to the next line. "
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='60' font-family='IBM Plex Sans' font-size='11'><text "
    "x='5' y='20' textLength='150' lengthAdjust='spacingAndGlyphs'>stretched VA</text><text x='9' y='40' direction='rtl' "
    "font-style='italic'>ab <tspan font-weight='bold' dy='5'>cd</tspan></text><text x='1 20' y='55' fill='none'>xyz</text></svg>"
)

SHEETS = {
    "sizes": ".s { font-size: 7pt } .m { font-size: 13.3pt } .l { font-size: 40pt } .i { font-style: italic } .w { font-weight: 600 }",
    "features": """.a { font-variant-ligatures: none } .b { font-kerning: none } .c { font-variant-numeric: oldstyle-nums
        tabular-nums } .d { font-feature-settings: 'zero' on } .e { font-variant-caps: all-small-caps } .f { font-variant-position:
        super } .g { font-language-override: 'BGR' }""",
    "transform": """.u { text-transform: uppercase } .c { text-transform: capitalize } .l { text-transform: lowercase }
        .v::first-line { text-transform: uppercase; font-weight: 700; color: #060 } .d::first-letter { font-size: 3em; padding: 1mm }""",
    "hyphens": """p { width: 22mm; text-align: justify } .m { hyphens: manual } .a { hyphens: auto; hyphenate-limit-chars: 4 2 2 }
        .n { hyphens: none } .z { hyphens: auto; hyphenate-limit-zone: 30% } .k { hyphens: auto; hyphenate-character: '=' }""",
    "white": """.p { white-space: pre } .w { white-space: pre-wrap; tab-size: 3 } .l { white-space: pre-line } .n { white-space:
        nowrap } .b { overflow-wrap: anywhere; width: 20mm } .k { word-break: break-all; width: 20mm } .s { word-spacing: 3mm }
        .x { letter-spacing: 1mm } .y { letter-spacing: -.02em; word-spacing: .5em; text-align: justify; text-align-last: center }""",
    "right": ".r { direction: rtl } .o { direction: rtl; text-align: justify } .e { direction: rtl; letter-spacing: .5mm }",
    "selectors": """li:nth-child(2n+1) { color: #060 } li:nth-last-child(1) { font-weight: 700 } section:has(em) p { color: #600 }
        p:not(.x):not(:first-child) { margin-left: 3mm } p + p::before { content: '+ ' } p:empty { height: 2mm }
        a[href^='#'] { color: #006 } :root { --c: #099 } p.v { color: var(--c) } p:lang(bg) { letter-spacing: .1em }
        p.v b { --c: #909; color: var(--c); padding: var(--no, 1mm) } p:only-of-type { margin-top: 4mm }""",
    "layers": """@layer a { p { color: #600 !important; margin: 1mm } } @layer b { p { color: #006 !important; margin: 2mm } }
        @layer a.sub { p.q { padding: 1mm } } p.q { padding: 2mm } p { margin: 3mm }""",
    "attributes": ".p { color: #060 }",
    "footnotes": """.n { float: footnote; font-size: 70% } .n::footnote-call { content: '[' counter(footnote) ']'; color: #800 }
        .n::footnote-marker { content: counter(footnote) ') ' } .k { footnote-display: inline } .o { footnote-policy: block }
        @page { @footnote { border-top: 1pt solid } }""",
    "notes": """@page { @note-area { font-size: 7pt; content: element(nn, all-once) } } .n { position: note(nn) }
        .n::note-call { content: counter(note); color: #800 } .n::note-callback { content: '^' }""",
    "running": """.h { position: running(hd); font-size: 8pt } .h::after { content: ' of ' counter(pages) } h2::before { content:
        counter(c) '. '; counter-increment: c } h2 { string-set: t content(), u content(before) } @page { @top-center { content:
        element(hd) } @bottom-left { content: string(t) ' - ' string(u, last) } @bottom-center { content: counter(page, upper-roman) } }
        @page:first { margin: 30mm } @page:left { margin-left: 30mm } @page x { background: #eee } .x { page: x; break-before: page }""",
    "content": """nav a::before { content: '. ' } nav a::after { content: leader('. ') target-counter(attr(href), page) }
        q::before { content: open-quote } q::after { content: close-quote } p[data-x]::before { content: attr(data-x) ': ' }
        ol { list-style: upper-roman } ul { list-style-type: square }""",
    "tables": """table { border-collapse: collapse } td, th { border: 1pt solid; padding: 1mm } .s { border-collapse: separate;
        border-spacing: 2mm } caption { caption-side: bottom } .g > * { display: table-cell; padding: 2mm; margin: 3mm }""",
    "boxes": """.f { float: left; width: 30%; margin: 1mm 5% } .a { position: absolute; top: 1mm; right: 2em } .r { position:
        relative; left: 1em } .i { display: inline-block; padding: 1ex 1ch; min-width: 3em; max-width: 50% } .g { display: grid;
        grid: auto / 1fr auto; gap: 1mm } .x { display: flex; flex-wrap: wrap } .x > * { flex: 1 1 30%; margin: auto } .b { box-sizing:
        border-box; width: 50%; padding: 1mm; border: 2mm solid } .m { width: min(50%, 30mm); margin: max(1mm, 1%) calc(1em + 1%) }
        .l { margin-inline: 2mm } .t { transform: rotate(3deg); opacity: .5 } .v { visibility: hidden } .e { margin: 1em 1rem }""",
    "cut": """.u { text-decoration: underline overline dotted #800 1mm } .o { text-decoration: line-through } .e { text-overflow:
        ellipsis; overflow: hidden; white-space: nowrap; width: 20mm } .m { max-lines: 2; block-ellipsis: '...'; width: 30mm }
        .a { block-ellipsis: auto; max-lines: 1; width: 30mm } .i { text-indent: 1em } .z { font-size: 0 }""",
    "drawings": "img { display: block }",
}  # fmt: skip


def _each(classes: str, text: str, more: str = "") -> str:
    return "".join(f'<p class="{name}"{more}>{text}</p>' for name in classes.split())


def _body(what: str, name: str) -> str:
    long = f"Organi&shy;sation&shy;al extraordinary internationalisation {name} съобщение&shy;то разпространение"
    notes = (
        f'<p>x <span class="n">first {name}</span> y <span class="n">next</span> <span class="n k o">{TEXT}</span></p>'
    )
    boxes = "".join(f'<div class="{c}"><p class="e">{name} {TEXT}</p>{WORDS}<b>2</b></div>' for c in "farigxbmltv")
    heads = "".join(f'<div class="h">{name} {i} <b>b</b></div><h2>{name} {i}</h2><p>{TEXT * 7}</p>' for i in range(3))
    items = "".join(f'<li>{i} <a href="#{name}">x</a></li>' for i in range(4))
    image = f'<p><img alt="d" src="data:image/svg+xml,{quote(SVG)}"></p>'
    row = "<tr><td>x</td><td>1.5</td></tr>"
    return {
        "sizes": (_each("l s m", f"{WORDS} {name}") + _each("l s m i w", WORDS)) * 2,
        "features": _each("a b c d e f g", WORDS) * 3,
        "transform": _each("u c l v d", f"{WORDS} straße ǆ {TEXT}{name}") * 3,
        "hyphens": "".join(_each("m a n z k", long, f' lang="{language}"') for language in ("en", "bg", "de")) * 2,
        "white": _each("p w l n b k s x y", f"a  b\tc\n  d {WORDS} internationalisation  x \n\n y\t{name}") * 2
        + _each("y s", TEXT * 4),
        "right": _each("r o e p", f"{WORDS} (one) [two] 12-3 {TEXT} {name}") * 2,
        "selectors": f'<section><h2>{name}</h2><p>one</p><p>two <em>{name}</em></p><p class="v">v <b>b</b></p><p></p></section>'
        f'<section><p>only</p></section><ol>{items}</ol><p lang="bg">три <b>b</b></p><p id="{name}">x</p>',
        "layers": '<p>one</p><p class="q">two</p><p style="color: #090">3</p><p style="color: #090 !important">4</p>' * 2,
        "attributes": '<p class="p" style="color: #600; margin: 2mm">1 <b>b</b></p><p class="p" style="color: #600; margin: 2mm">2 '
        f'<b style="font-size: 2em">b <i>i</i></b></p><p class="p" id="{name}" style="margin: calc(1em + 3%)" lang="bg">3</p>'
        '<p class="p" lang="bg">4</p><p lang="en-GB">5</p><p style="--z: 3mm; padding: var(--z)">6</p><p style="width: 10vw">7 <b>b</b></p>',
        "footnotes": notes + f'<p>{TEXT * 6}<span class="n">z</span></p>' * 4,
        "notes": notes * 3,
        "running": f'{heads}<div class="x"><h2>X</h2><p>{TEXT}</p></div>',
        "content": f'<nav><a href="#{name}">W</a></nav><h2 id="{name}">{name}</h2><p data-x="{name}">q <q>a <q>b</q></q></p>'
        f'<p data-x="b">r</p><ol>{items}</ol><ul>{items}</ul>',
        "tables": f"<table><caption>{name}</caption><thead><tr><th>a</th><th>b</th></tr></thead><tbody>{row * 4}</tbody></table>"
        f'<table class="s">{row}</table><div class="g"><span>one</span><span>two</span></div>',
        "boxes": boxes,
        "cut": _each("u o e m a i z", f'{TEXT} {WORDS} <b class="u">in</b> {name}') * 2,
        "drawings": (image + image.replace("stretched", name)) * 2 + _each("p", WORDS),
    }[what]  # fmt: skip


def documents() -> Iterator[Document]:
    """Yield documents of each sheet: two that differ in a name, and between them one of another structure."""
    for what, sheet in SHEETS.items():
        longer = (
            f'<div>{_body(what, "middle")}</div><section class="a e m p"><p>Some</p>{_body(what, "last")}</section>'
        )
        for html in (_body(what, "first"), longer, _body(what, "other")):
            made = support.document(html, fonts=True)
            yield dataclasses.replace(made, look=dataclasses.replace(made.look, styles=(PAGE + sheet,)))
