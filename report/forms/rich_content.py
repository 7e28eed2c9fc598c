"""What tags put into a Word template besides words: pictures and rich text.

A tag sees a plain text that stands for them; it is replaced once the template is rendered, so no object of a library is ever
within a tag's reach.
"""

from __future__ import annotations

import contextlib
import hashlib
import html
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import docxtpl
from docx.shared import Mm

from report.forms import pictures
from report.forms.answers.answer import AnswerError
from report.values import Location, ReportError

_DESCR = re.compile(r'(<wp:docPr\b[^>]*?)(?:\sdescr="[^"]*")?(\s*/?>)')
_LOOKS = frozenset(
    "style color highlight size subscript superscript bold italic underline strike font rtl lang".split()
)
"""How rich text may look: docxtpl's words for it."""
_LOOK = re.compile(r"[\w#:. -]{1,64}")
_MOST = 2_000
"""So many pictures and rich texts a template may have."""
_WIDEST = 1_000
"""Millimetres."""


class RichContent:
    """The pictures and rich texts of one template, whose bytes are `content`. `printed` writes a fact as text."""

    def __init__(self, folder: Path, content: bytes, printed: Callable[[Any], Any]):
        self._folder, self._printed = folder, printed
        self._mark = f"insert-{hashlib.sha256(content).hexdigest()[:16]}-"  # no template can hold its own fingerprint
        self._writers: list[Callable[[Any], str]] = []
        self._refused = False

    @contextlib.contextmanager
    def refused(self) -> Iterator[None]:
        """Let `picture` and `rich` raise `AnswerError`, where text alone is possible."""
        self._refused = True
        try:
            yield
        finally:
            self._refused = False

    def picture(self, file: str, alt: str, width: float | None = None) -> str:
        """Return what stands for a picture of the organisation's folder, so many millimetres wide."""
        content, _ = pictures.load(self._folder, str(file))
        if width is not None and not (isinstance(width, int | float) and 0 < width <= _WIDEST):
            hint = "write millimetres: picture('logo.png', 'Our logo', 30)"
            raise AnswerError(f"'{width}' is not a picture width", hint)
        described = f" descr={quoteattr(html.unescape(str(alt)))}"
        emu = Mm(width) if width else None

        def drawing(part: Any) -> str:
            if not hasattr(part, "new_pic_inline"):
                raise AnswerError("a picture cannot be in a note", "move it into the text, a header or a footer")
            frame = part.new_pic_inline(io.BytesIO(content), emu).xml
            frame = _DESCR.sub(lambda found: found[1] + described + found[2], frame, count=1)
            return f'</w:t></w:r><w:r><w:drawing>{frame}</w:drawing></w:r><w:r><w:t xml:space="preserve">'

        return self._add(drawing)

    def rich(self, value: Any, **look: Any) -> str:
        """Return what stands for a text in bold, in colour and so on."""
        for name, chosen in look.items():
            if name not in _LOOKS or not (isinstance(chosen, bool | int) or _LOOK.fullmatch(str(chosen))):
                message = f"rich text has no {name}='{str(chosen)[:40]}'"
                raise AnswerError(message, f"it has {', '.join(sorted(_LOOKS))}")
        runs = docxtpl.RichText(str(self._printed(value)), **look).xml
        return self._add(lambda _part: runs)

    def _add(self, write: Callable[[Any], str]) -> str:
        if self._refused:
            raise AnswerError("a picture or rich text cannot be in the file's properties", "move it into the text")
        if len(self._writers) >= _MOST:
            raise AnswerError(f"a template has at most {_MOST:,} pictures and rich texts", "leave some out")
        self._writers.append(write)
        return f"{self._mark}{len(self._writers) - 1}-"

    def put(self, xml: str, part: Any, where: Location) -> str:
        """Replace what stands for pictures and rich texts in a rendered part; raise `ReportError` where a tag changed it."""

        def written(match: re.Match[str]) -> str:
            try:
                return self._writers[int(match[1])](part)
            except AnswerError as refusal:
                raise ReportError.of("form.template", refusal.message, where, refusal.hint) from None

        xml = re.sub(rf"{self._mark}(\d+)-", written, xml)
        if self._mark[:-1].lower() in xml.lower():
            hint = "write it alone in its tag: {{ picture(…) }}, {{r rich(…) }}"
            raise ReportError.of("form.template", "a picture or rich text was changed by a filter", where, hint)
        return xml
