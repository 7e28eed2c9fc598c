"""Sheets of XlsxWriter whose numbers are written as they are: its own sixteen digits make 8742.3 another number."""

from __future__ import annotations

import functools
from typing import Any


@functools.cache
def worksheet() -> type[Any]:
    """Return the class of such sheets; XlsxWriter is imported only where a workbook is written."""
    from xlsxwriter.worksheet import Worksheet

    class Exact(Worksheet):
        def _xml_number_element(self, number: object, attributes: object = ()) -> None:
            said = "".join(f' {key}="{value}"' for key, value in attributes)  # type: ignore[attr-defined]
            self.fh.write(f"<c{said}><v>{number!r}</v></c>")

    return Exact
