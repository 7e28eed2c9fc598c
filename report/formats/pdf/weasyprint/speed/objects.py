"""Put each object of a PDF into bytes once.

pydyf writes a file's objects and then puts all of them into bytes again, compression included, to make the file's
identifier of them (ISO 32000-1, 14.4). Here an object that is finished keeps its bytes. Not reported to pydyf:
`PDF.write` could feed the hash while it writes.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pydyf

_WRITE = pydyf.PDF.write


def install() -> None:
    """Let every `pydyf.PDF` put its objects into bytes once when it is written."""
    pydyf.PDF.write = _write


def _write(pdf: Any, *arguments: Any, **options: Any) -> None:
    pdf.objects[:] = [_Kept(each) if each.free == "n" else each for each in pdf.objects]
    add = pdf.add_object

    def add_kept(each: Any) -> None:
        if type(each) is pydyf.Stream:  # the stream of all compressed objects, which writing makes
            each.__class__ = _KeptStream
        add(each)

    pdf.add_object = add_kept
    _WRITE(pdf, *arguments, **options)


class _KeptStream(pydyf.Stream):
    @cached_property
    def data(self) -> Any:
        return super().data


class _Kept(pydyf.Object):
    def __init__(self, source: Any):
        super().__init__()
        self.number, self.generation = source.number, source.generation
        self._source = source

    @cached_property
    def data(self) -> Any:
        return self._source.data

    @property
    def compressible(self) -> Any:
        return self._source.compressible
