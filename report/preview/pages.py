"""A document becomes pictures of its pages, and the facts on each."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import io
import time
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from report.compose.trace import Field, Trace
from report.formats.libraries import require_pango
from report.looks import kinds
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.pipeline import fitting
from report.pipeline.loading import facts
from report.pipeline.planning import jobs
from report.pipeline.preparing import request_of, traced
from report.preview import places
from report.preview.requests import Answer, Box, Failed, Page, Printed, Show
from report.source import Unsaved
from report.values import Document, Problem, ReportError, Severity, UsageError
from report.workspace import Workspace

DPI = 118
"""Pixels of a picture to an inch."""
_QUALITY = 90
_FEW = 3
"""So many pages are written at once: one alone first would be no sooner."""
_HEAD = 40
"""Letters by which the page of a text is found."""


class Studio:
    """Lays out documents of one workspace and paints their pages, keeping what the next change is likely to leave as it is."""

    def __init__(self, workspace: Workspace):
        self._workspace, self._sources = workspace, Unsaved()
        self._pages: dict[tuple[str, str, str], int] = {}
        """How many pages a whole document had when it was laid out last."""
        self._traces: dict[tuple[str, str, str], Trace] = {}

    def show(self, show: Show) -> Iterator[Answer]:
        """Yield the pages of a document, or why there are none.

        The one with the field that is edited comes first, as a picture alone, and once more among the others with the facts on it.
        """
        clock = _Clock()
        self._sources.take(show.texts)
        try:
            loaded = facts(self._workspace, show.organisation, self._sources)
            clock.tick("load")
            errors = tuple(problem for problem in loaded.problems if problem.severity is Severity.ERROR)
            if loaded.dossier is None:
                yield Failed(errors)
                return
            yield from self._pages_of(loaded.dossier, errors, show, clock)
        except ReportError as error:
            yield Failed(tuple(error.problems))

    def _pages_of(self, dossier: Dossier, errors: tuple[Problem, ...], show: Show, clock: _Clock) -> Iterator[Answer]:
        require_pango()
        key = (show.organisation, show.document, show.language)
        wanted = jobs(dossier, (show.document,), (show.language,), ("pdf",), (show.edition,) if show.edition else ())
        if not wanted:  # its request cannot be read
            yield Failed(errors)
            return
        job, request = wanted[0], request_of(dossier, wanted[0])
        kind = kinds.load(self._workspace, request.kind)[0]
        if job.edition not in kind.editions:
            hint = f"available: {', '.join(kind.editions)}"
            message = f"the kind '{request.kind}' has no edition '{job.edition}'"
            raise UsageError.of("edition.unknown", message, hint=hint)
        section = self._section(key, show)
        if section:
            dossier = _alone(dossier, request, section)
        document, trace = traced(self._workspace, dossier, job)
        if document.fitted:
            document = fitting.fitted(document, lambda lengths: traced(self._workspace, dossier, job, lengths)[0])
        clock.tick("compose")
        with _laid_out(document) as laid_out:
            clock.tick("layout")
            if not section:
                self._traces[key], self._pages[key] = trace, len(laid_out.pages)
            for page in _painted(laid_out, trace, show, clock):
                yield dataclasses.replace(page, section=section)

    def _section(self, key: tuple[str, str, str], show: Show) -> str | None:
        """Return the section to lay out alone: that of the field that is edited, where the document is a long one."""
        if show.focus is None or self._pages.get(key, 0) <= show.whole or key not in self._traces:
            return None
        trace = self._traces[key]
        texts = [text for one, text in trace.printed() if _is_within(one, show.focus)]
        for name, words in trace.sections.items():
            if any(text in words for words_of in texts for text in words_of):
                return name
        return None


def _is_within(field: Field, focus: tuple[str, tuple[str | int, ...]]) -> bool:
    file, steps = focus
    shared = min(len(steps), len(field.steps))
    return field.file == file and field.steps[:shared] == steps[:shared]


def _alone(dossier: Dossier, request: DocumentRequest, section: str) -> Dossier:
    """Return the facts with a document that has one section."""
    one = request.model_copy(update={"sections": (section,), "without": ()})
    documents = tuple(one if each is request else each for each in dossier.documents)
    return dataclasses.replace(dossier, documents=documents)


@contextlib.contextmanager
def _laid_out(document: Document) -> Iterator[Any]:
    """Lay a document out and yield its pages, which are only looked at: they have no tags and no attachments."""
    from report.formats.pdf import render

    with render.laid_out(document) as (pages, _):
        yield pages


def _page_of(laid_out: Any, texts: Collection[str]) -> int:
    """Return the first page, counted from 0, on which one of the texts begins; 0 where none does."""
    from report.formats.pdf.weasyprint import measure

    heads = [places.flat(text).replace(" ", "")[:_HEAD] for text in texts]
    pages = [places.flat(words).replace(" ", "") for words in measure.words(laid_out)]
    return next((number for number, words in enumerate(pages) if any(head in words for head in heads)), 0)


def _painted(laid_out: Any, trace: Trace, show: Show, clock: _Clock) -> Iterator[Page]:
    """Yield the page that is edited, then all, with the facts on each."""
    printed, known = trace.printed(), show.known
    texts = [text for field, words in printed for text in words if show.focus and _is_within(field, show.focus)]
    first, count = _page_of(laid_out, texts), len(laid_out.pages)
    if texts and count > _FEW:
        with _opened(laid_out.copy([laid_out.pages[first]])) as pdf:
            clock.tick("first page written")
            page = _page(pdf[0], first, count, known)
        clock.tick("first page painted")
        known = (*known, page.fingerprint)
        yield dataclasses.replace(page, cost=dict(clock.cost))
    with _opened(laid_out) as pdf:
        clock.tick("written")
        facts_on: dict[int, dict[Field, list[Box]]] = defaultdict(lambda: defaultdict(list))
        pages = [places.PageText(page) for page in pdf]
        for number, field, boxes in places.find(pages, ((field, text) for field, words in printed for text in words)):
            facts_on[number][field] += boxes
        clock.tick("found")
        for number, one in enumerate(pdf):
            page = _page(one, number, count, known)
            clock.tick("painted")
            here = tuple(Printed(field.file, field.steps, tuple(boxes)) for field, boxes in facts_on[number].items())
            yield dataclasses.replace(page, printed=here, last=number == count - 1, cost=dict(clock.cost))


@contextlib.contextmanager
def _opened(laid_out: Any) -> Iterator[Any]:
    """Write pages as a PDF that is only looked at, and open it."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(laid_out.write_pdf(uncompressed_pdf=True))
    try:
        yield pdf
    finally:
        pdf.close()


def _page(page: Any, number: int, count: int, known: tuple[str, ...]) -> Page:
    """Paint a page, whose number counts from 0."""
    width, height = page.get_size()
    fingerprint, jpeg = _picture(page, known)
    return Page(number + 1, count, width, height, fingerprint, jpeg, ())


def _picture(page: Any, known: tuple[str, ...]) -> tuple[str, bytes | None]:
    """Return the fingerprint of a page's picture, and the picture, unless it is known."""
    bitmap = page.render(scale=DPI / 72, rev_byteorder=True)
    image = bitmap.to_pil().convert("RGB")
    fingerprint = hashlib.blake2b(image.tobytes(), digest_size=8).hexdigest()
    if fingerprint in known:
        return fingerprint, None
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return fingerprint, out.getvalue()


class _Clock:
    """The processor time of steps, in seconds."""

    def __init__(self) -> None:
        self._before = time.process_time()
        self.cost: dict[str, float] = {}

    def tick(self, step: str) -> None:
        """Note that a step is done, perhaps again."""
        now = time.process_time()
        self.cost[step] = self.cost.get(step, 0.0) + now - self._before
        self._before = now
