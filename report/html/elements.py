"""The written element list: the semantic HTML that templates may use and every format must be able to write.

Meaning is carried by elements, ARIA roles and a few ``data-`` attributes, never by a class alone. Classes only
choose a look, in CSS and in the Word style map alike.
"""

from __future__ import annotations

SECTIONS = frozenset({"main", "section", "article", "aside", "header", "footer", "nav", "div", "address"})
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset({"p", "blockquote", "hr", "pre", "figure", "figcaption", *HEADINGS})
LISTS = frozenset({"ul", "ol", "li", "dl", "dt", "dd"})
TABLES = frozenset({"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"})
INLINES = frozenset(
    {
        "a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "img", "kbd", "mark", "q", "s", "small", "span",
        "strong", "sub", "sup", "time", "u", "wbr",
    }
)  # fmt: skip
HEAD = frozenset({"html", "head", "body", "title", "meta"})

ELEMENTS = frozenset(HEAD | SECTIONS | BLOCKS | LISTS | TABLES | INLINES)
"""Every element name a document may contain."""

ROLES = {
    "doc-cover": "the cover: a page of its own, without running header and footer",
    "doc-toc": "the contents: a nav with (nested) ordered lists of links to headings; page numbers are added",
    "doc-footnote": "a footnote: its text stands in a span where the mark belongs",
    "doc-biblioref": "a link to a source, whose number it shows: left out where the document does not list the source",
    "doc-subtitle": "a paragraph that completes the heading before it",
    "note": "an aside set apart from the text, such as a panel of facts",
    "list": "a list whose markers the style hides",
    "presentation": "decoration: it carries no words",
}
"""The ARIA roles (DPUB-ARIA 1.1, WAI-ARIA 1.2) that formats act on."""

DATA_ATTRIBUTES = {
    "data-running": "on a p, a child of body: `header` or `footer`; repeated on every page but the cover",
    "data-field": "on an empty span: `page` (this page's number) or `pages` (how many there are); on a link inside the "
    "document `target`: its page's number follows the words",
    "data-page": "on a section, a child of main: `new` starts a page, `landscape` has turned pages of its own",
    "data-type": "on a td or th: `number` is set flush right",
    "data-value": "on a td or th: its number as decimal text, `1234.50`; a workbook has it as a number",
    "data-formula": "on a td: `SUM` of the number cells above it in the table's body; a workbook has it as a formula",
    "data-fit": "on an img: the box in CSS pixels that it is made to fit, `190x100`",
    "data-width": "on a col: its width in per cent",
}
"""The data attributes that formats act on."""
PAGES, RUNNING, FIELDS = ("new", "landscape"), ("header", "footer"), ("page", "pages", "target")
DIRECTIONS = ("ltr", "rtl")
"""The values of dir, which composing sets where a language asks for it."""
FORMULAS = ("SUM",)
"""The values of data-page, data-running, data-field and data-formula."""

ATTRIBUTES = frozenset(
    {
        "alt", "abbr", "aria-hidden", "aria-label", "aria-labelledby", "charset", "cite", "class", "colspan", "content",
        "datetime", "dir", "headers", "height", "href", "id", "lang", "name", "reversed", "role", "rowspan", "scope", "span",
        "src", "start", "style", "title", "type", "value", "width", *DATA_ATTRIBUTES,
    }
)  # fmt: skip
"""The attributes that formats act on; any other would be lost in silence."""
