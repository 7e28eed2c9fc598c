"""What every workbook that is written here has: numbers as they are, and words that XML can hold."""

from __future__ import annotations

import functools
from typing import Any


@functools.cache
def exact() -> Any:
    """Return a sheet whose numbers are written as they are; XlsxWriter's sixteen digits make 8742.3 another number."""
    from xlsxwriter.worksheet import Worksheet

    class Exact(Worksheet):
        def _xml_number_element(self, number: object, attributes: object = ()) -> None:
            said = "".join(f' {key}="{value}"' for key, value in attributes)  # type: ignore[attr-defined]
            self.fh.write(f"<c{said}><v>{number!r}</v></c>")

    return Exact
