"""What every workbook that is written here has: numbers as they are, and words that XML can hold."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from report.values import Problem, Severity

MOST_TEXT = 32_767
"""Excel's most characters of a cell."""


def cut(texts: Iterable[str]) -> Iterator[Problem]:
    """Yield a warning for each text that is longer than a cell takes: it is cut there."""
    for text in texts:
        if len(text) > MOST_TEXT:
            message = (
                f"a workbook cell holds at most {MOST_TEXT:,} characters; “{text[:40]}…” has {len(text):,} and is cut"
            )
            yield Problem(Severity.WARNING, "xlsx.cut", message, None, "shorten the text, or split it")


@functools.cache
def exact() -> Any:
    """Return a sheet whose numbers are written as they are; XlsxWriter's sixteen digits make 8742.3 another number."""
    from xlsxwriter.worksheet import Worksheet

    class Exact(Worksheet):
        def _xml_number_element(self, number: float, attributes: Sequence[tuple[str, object]] = ()) -> None:
            said = "".join(f' {key}="{value}"' for key, value in attributes)
            self.fh.write(f"<c{said}><v>{number!r}</v></c>")

    return Exact
