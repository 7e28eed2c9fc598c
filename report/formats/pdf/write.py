"""Lay a document out and write it as PDF."""

from __future__ import annotations

import contextlib
import datetime
import functools
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report import isolation, pictures
from report.formats import charts, css, files
from report.formats.collector import quiet_collector
from report.formats.libraries import require_pango
from report.isolation import bounds
from report.values import Artifact, Document, Problem, ReportError, Severity

VARIANT = "pdf/a-3a"
_VIEWPORT = re.compile(r"\d[sldp]?v(?:w|h|i|b|min|max)\b", re.IGNORECASE)
"""Lengths that depend on the page."""
_PLACE = re.compile(r" at (\d+):\d+")


def write(document: Document, target: Path, anchors: Mapping[str, int] | None = None) -> Artifact:
    """Write `document` to `target`; raise `ReportError` with all that WeasyPrint had to say against it.

    Raise `MissingSystemLibrary` on a machine without Pango. The artifact's `anchors` are the page numbers
    of ids, found by this layout; those given are not used.
    """
    require_pango()
    from report.formats.pdf import mend, metadata, overflow, seal, tags

    with quiet_collector(), _complaints(document) as complaints, _bounded():
        laid_out = _lay_out(document)
        tags.install()
        too_wide = overflow.too_wide(laid_out)
        content = laid_out.write_pdf(
            pdf_variant=VARIANT,
            attachments=_attachments(document),
            finisher=lambda _document, pdf: (
                mend.mend(pdf),
                metadata.claim_pdf_ua(pdf),
                metadata.say_direction(pdf, document.tree),
                seal.seal(pdf),
            ),
        )
    if complaints:
        raise ReportError(complaints)
    return Artifact(
        path=target,
        format="pdf",
        sha256=files.replace(target, content),
        pages=len(laid_out.pages),
        anchors=_anchors(laid_out),
        too_wide=too_wide,
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """What a layout tells a format without pages: the page number of every id, and numbers that have no room."""

    anchors: Mapping[str, int]
    too_wide: tuple[tuple[str, int], ...]


def layout(document: Document) -> Layout:
    """Lay `document` out, writing nothing."""
    require_pango()
    from report.formats.pdf import overflow

    with quiet_collector(), _complaints(document), _bounded():
        laid_out = _lay_out(document)
        return Layout(_anchors(laid_out), overflow.too_wide(laid_out))


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a laid-out page: how many characters, and how far down its text reaches, in millimetres.

    `name` is that of its rule in the style sheet: a panel's pages bear the panel's id.
    """

    characters: int
    height: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Extent:
    """The pages of a layout, and on which of them each id is."""

    pages: tuple[Page, ...]
    anchors: Mapping[str, int]

    def count(self, id_: str) -> int:
        """Return how many pages a panel takes: those of its own, and none of what flows behind it."""
        first = self.anchors[id_] - 1
        return next((n for n, page in enumerate(self.pages[first:]) if page.name != id_), len(self.pages) - first)


def extent(document: Document) -> Extent:
    """Lay `document` out and return how far its panels reach, writing nothing."""
    require_pango()
    with quiet_collector(), _complaints(document), _bounded():
        laid_out = _lay_out(document)
    return Extent(tuple(_page(page) for page in laid_out.pages), _anchors(laid_out))


def _page(page: Any) -> Page:
    """Measure the text of a page; running heads and margins do not count."""
    import weasyprint.formatting_structure.boxes as kinds

    box = page._page_box
    body = next((child for child in box.children if isinstance(child, kinds.BlockBox)), None)
    texts = [each for each in body.descendants() if isinstance(each, kinds.TextBox)] if body else []
    lowest = max((text.position_y + text.height for text in texts), default=box.content_box_y())
    height = max(0.0, lowest - box.content_box_y()) * 25.4 / 96
    return Page(sum(len(text.text) for text in texts), height, box.page_type.name or "")


_PATIENCE = 15
"""How many times as long as the reading of a file the layout of a document may take: five minutes."""


@contextlib.contextmanager
def _bounded() -> Iterator[None]:
    """Raise `ReportError` where a style sheet asks for what WeasyPrint cannot compute, or would compute without end."""
    seconds = _PATIENCE * isolation.Limits.from_environment().seconds
    try:
        with bounds.within(isolation.Limits(seconds, _UNBOUNDED)):
            yield
    except bounds.TimeLimit:
        message = f"the layout takes longer than {seconds:g} seconds"
        hint = f"look for extreme sizes and very many columns; or allow more:  report --read-seconds {3 * seconds / _PATIENCE:g} …"
        raise ReportError.of("pdf.layout", message, None, hint) from None
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        message = f"the layout failed on what a template or style sheet asks for: {type(error).__name__} {error}"
        raise ReportError.of("pdf.layout", message, None, "look for extreme sizes, calc() and deep nesting") from None


_UNBOUNDED = 1 << 50


def _lay_out(document: Document) -> Any:
    from report.formats.pdf import columns, parsed, pixels, rows, shortcuts, words
    from report.formats.pdf.fetch import Fetcher

    pixels.install()
    columns.install()
    rows.install()
    shortcuts.install()
    words.install()
    drawn = {src: functools.partial(charts.svg, drawing, document.look) for src, drawing in document.drawings.items()}
    press = document.printing is not None and document.printing.press
    fetcher = Fetcher(document.assets, drawn, for_press=press)
    html = parsed.Parsed(document.tree.copy(), fetcher)
    fonts, sheets = _styles(
        _sheet(document), tuple((face.path, *files.state(face.path)) for face in document.look.fonts)
    )
    attributes = _attributes(css.attributes(document.tree))
    with pictures.no_other_decoders():
        return html.render(
            font_config=fonts, counter_style=fonts.counters, stylesheets=[*sheets, attributes], pdf_variant=VARIANT
        )


def _sheet(document: Document) -> str:
    style = css.paged(css.stylesheet(document.look, lambda face: face.path.as_uri()))
    style = css.directed(style, document.tree)
    return style + css.pages(document.printing) if document.printing else style


@functools.lru_cache(maxsize=8)
def _styles(text: str, files_of_fonts: tuple[tuple[Path, int, int], ...] = ()) -> tuple[Any, list[Any]]:
    """Parse a style sheet once per process, unless its fonts change: they are loaded once, and WeasyPrint leaks 0.3 MB a
    configuration.
    """
    import weasyprint
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    from report.formats.pdf import lines, scratch, styles
    from report.formats.pdf.fetch import Fetcher

    fonts = FontConfiguration()
    fonts.counters = CounterStyle()
    fonts.lines = lines.Recent(lines.MOST)
    if not _VIEWPORT.search(text):
        fonts.store = styles.Store()
    fetcher = Fetcher({}, fonts=[path for path, *_ in files_of_fonts])
    with scratch.temporary_files():
        sheet = weasyprint.CSS(
            string=text, font_config=fonts, counter_style=fonts.counters, base_url=fetcher.base, url_fetcher=fetcher
        )
        return fonts, [sheet]


@functools.lru_cache(maxsize=64)
def _attributes(text: str) -> Any:
    """Parse the rules that attributes stand for once per process: many documents have the same."""
    import weasyprint

    return weasyprint.CSS(string=text)


def _attachments(document: Document) -> list[Any]:
    import weasyprint

    moment = datetime.datetime.combine(document.date, datetime.time(), datetime.UTC)
    return [
        weasyprint.Attachment(
            string=a.content,
            name=a.name,
            description=a.description,
            relationship=a.relationship,
            created=moment,
            modified=moment,
        )
        for a in document.attachments
    ]


def _anchors(laid_out: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, page in enumerate(laid_out.pages, 1):
        for name in page.anchors:
            found.setdefault(name, number)
    return found


@contextlib.contextmanager
def _complaints(document: Document) -> Iterator[list[Problem]]:
    """Collect what WeasyPrint logs: it writes a file all the same where a picture, a font or a rule is missing.

    It counts the lines of all style sheets together, so the line itself is quoted.
    """
    problems: list[Problem] = []

    def quoted(place: re.Match[str]) -> str:
        lines = _sheet(document).splitlines()
        number = int(place[1])
        return f" in “{lines[number - 1].strip()[:80]}”" if number <= len(lines) else ""

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = _PLACE.sub(quoted, record.getMessage())
            problems.append(
                Problem(Severity.ERROR, "pdf.layout", message, None, "mend it in its template or style sheet")
            )

    logger = logging.getLogger("weasyprint")
    handler, before, propagate = Handler(logging.WARNING), logger.handlers[:], logger.propagate
    logger.handlers[:], logger.propagate = [handler], False
    try:
        yield problems
    finally:
        logger.handlers[:], logger.propagate = before, propagate
        if problems:  # a sheet tells what is wrong with it when it is parsed, and is parsed again for the next document
            _styles.cache_clear()
            _attributes.cache_clear()
