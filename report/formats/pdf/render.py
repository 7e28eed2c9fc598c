"""Lay a document out with WeasyPrint, within bounds of time, and collect what it has to say against its style sheets."""

from __future__ import annotations

import atexit
import contextlib
import functools
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin

import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse, iri_to_uri

from report import files, isolation, pictures
from report.formats import charts, css
from report.formats.collector import quiet_collector
from report.formats.pdf.weasyprint import install
from report.formats.pdf.weasyprint.speed import styles
from report.formats.pdf.weasyprint.speed.tree import Html
from report.isolation import bounds
from report.values import Document, Problem, ReportError, Severity

VARIANT = "pdf/a-3a"
BASE = "https://asset.invalid/"
"""Stands for the document's pictures. The name can never be reached (RFC 2606), and relative names join to it."""
_NO_DRAWINGS: Mapping[str, Callable[[], str]] = MappingProxyType({})
_POSITION = re.compile(r" at (\d+):\d+")
_PATIENCE = 15
"""How many times as long as the reading of a file the layout of a document may take: five minutes."""
_UNBOUNDED = 1 << 50
_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@contextlib.contextmanager
def laid_out(document: Document) -> Iterator[tuple[Any, list[Problem]]]:
    """Lay `document` out and yield its pages, with a list to which WeasyPrint adds problems meanwhile.

    Raise `ReportError` where a style sheet asks for what cannot be computed, or not in time, then or when pages are written.
    """
    with quiet_collector(), _problems(document) as problems, _bounded():
        yield _lay_out(document), problems


@contextlib.contextmanager
def _bounded() -> Iterator[None]:
    seconds = _PATIENCE * isolation.Limits.from_environment().seconds
    try:
        with bounds.within(isolation.Limits(seconds, _UNBOUNDED)):
            yield
    except bounds.TimeLimit:
        message = f"the layout took longer than {seconds:g} seconds"
        hint = f"look for extreme sizes and very many columns, or allow more:  report --read-seconds {3 * seconds / _PATIENCE:g} …"
        raise ReportError.of("pdf.layout", message, None, hint) from None
    except _FAILURES as error:
        message = f"the layout failed on what a template or style sheet asks for: {type(error).__name__} {error}"
        raise ReportError.of("pdf.layout", message, None, "look for extreme sizes, calc() and deep nesting") from None


def _lay_out(document: Document) -> Any:
    patches = install()
    drawings = {src: functools.partial(charts.svg, each, document.look) for src, each in document.drawings.items()}
    press = document.printing is not None and document.printing.press
    fetcher = _Fetcher(document.assets, drawings, for_press=press)
    if "tree" in patches:
        html = Html(document.tree.copy(), fetcher.base, fetcher)
    else:
        html = weasyprint.HTML(string=document.html, base_url=fetcher.base, url_fetcher=fetcher)
    faces = tuple((face.path, *files.state(face.path)) for face in document.look.fonts)
    fonts, sheet = _sheet(_style(document), faces)
    sheets = [sheet, _attributes(css.attributes(document.tree))]
    with pictures.no_other_decoders():
        return html.render(font_config=fonts, counter_style=fonts.counters, stylesheets=sheets, pdf_variant=VARIANT)


def _style(document: Document) -> str:
    style = css.paged(css.stylesheet(document.look, lambda face: face.path.as_uri()))
    style = css.directed(style, document.tree)
    return style + css.pages(document.printing) if document.printing else style


@functools.lru_cache(maxsize=8)
def _sheet(text: str, faces: tuple[tuple[Path, int, int], ...] = ()) -> tuple[Any, Any]:
    """Parse a style sheet once per process, unless its fonts change: they are loaded once, and WeasyPrint leaks 0.3 MB a
    configuration.
    """
    fonts = FontConfiguration()
    fonts.counters = CounterStyle()
    if "styles" in install():
        styles.share(fonts, text)
    fetcher = _Fetcher({}, fonts=[path for path, *_ in faces])
    with _temporary_files():
        return fonts, weasyprint.CSS(
            string=text, font_config=fonts, counter_style=fonts.counters, base_url=fetcher.base, url_fetcher=fetcher
        )


@functools.lru_cache(maxsize=64)
def _attributes(text: str) -> Any:
    """Parse the rules that attributes stand for once per process: many documents have the same."""
    return weasyprint.CSS(string=text)


@contextlib.contextmanager
def _problems(document: Document) -> Iterator[list[Problem]]:
    """Collect what WeasyPrint logs: it writes a file all the same where a picture, a font or a rule is missing.

    It counts the lines of all style sheets together, so the line itself is quoted.
    """
    problems: list[Problem] = []

    def quoted(position: re.Match[str]) -> str:
        lines = _style(document).splitlines()
        number = int(position[1])
        return f" in “{lines[number - 1].strip()[:80]}”" if number <= len(lines) else ""

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = _POSITION.sub(quoted, record.getMessage())
            hint = "correct it in its template or style sheet"
            problems.append(Problem(Severity.ERROR, "pdf.layout", message, None, hint))

    logger = logging.getLogger("weasyprint")
    handler, before, propagate = Handler(logging.WARNING), logger.handlers[:], logger.propagate
    logger.handlers[:], logger.propagate = [handler], False
    try:
        yield problems
    finally:
        logger.handlers[:], logger.propagate = before, propagate
        if problems:  # a sheet says what is wrong with it when it is parsed, and is parsed again for the next document
            _sheet.cache_clear()
            _attributes.cache_clear()


class _Fetcher(URLFetcher):
    """What a layout may read: the document's pictures and drawings, the theme's fonts, and data in the text; nothing else."""

    base = BASE

    def __init__(
        self,
        assets: Mapping[str, Path],
        drawings: Mapping[str, Callable[[], str]] = _NO_DRAWINGS,
        fonts: Iterable[Path] = (),
        for_press: bool = False,
    ):
        super().__init__(allowed_protocols=("data",))
        self._drawings, self._for_press = drawings, for_press
        self._assets = {iri_to_uri(urljoin(BASE, name)): path for name, path in assets.items()}
        self._fonts = {path.as_uri(): path for path in fonts}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if drawing := self._drawings.get(url):
            return URLFetcherResponse(url, drawing().encode(), {"Content-Type": "image/svg+xml"})
        if url.startswith(BASE):
            path = self._assets.get(iri_to_uri(url))
            if path is None:
                raise ValueError(f"'{url}' is not one of the document's pictures")
            return URLFetcherResponse(url, pictures.upright(path, for_press=self._for_press))
        if font := self._fonts.get(url):
            return URLFetcherResponse(url, font.read_bytes())
        if url.startswith("data:"):
            return super().fetch(url, headers)
        raise ValueError(f"'{url}' is outside the workspace")


_FOLDERS: dict[int, str] = {}
"""The folder for copies of fonts, by the number of the process: a fork makes one of its own."""


@contextlib.contextmanager
def _temporary_files() -> Iterator[None]:
    """Let WeasyPrint put copies of fonts into a folder that is removed by the next command, if this one is killed."""
    before, process = tempfile.tempdir, os.getpid()
    if process not in _FOLDERS:
        files.sweep_temporary()
        _FOLDERS[process] = tempfile.mkdtemp(prefix=files.SCRATCH + files.mark())
        atexit.register(shutil.rmtree, _FOLDERS[process], ignore_errors=True)
    tempfile.tempdir = _FOLDERS[process]
    try:
        yield
    finally:
        tempfile.tempdir = before
