"""Put each object of a PDF into bytes once.

pydyf writes a file's objects and then puts all of them into bytes again, compression included, to make the file's
identifier of them (ISO 32000-1, 14.4). Here an object that is finished keeps its bytes. Works on a `pydyf.PDF`
before it is written; nothing may change afterwards. The file is the same, byte for byte.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import pydyf


def seal(pdf: Any) -> None:
    """Let every object of `pdf` in use keep its bytes once they are made."""
    pdf.objects[:] = [_Sealed(each) if each.free == "n" else each for each in pdf.objects]
    add = pdf.add_object

    def add_kept(each: Any) -> None:
        if type(each) is pydyf.Stream:  # the stream of all compressed objects, which writing makes
            each.__class__ = _KeptStream
        add(each)

    pdf.add_object = add_kept


class _KeptStream(pydyf.Stream):
    @cached_property
    def data(self) -> bytes:  # type: ignore[override]
        return super().data


class _Sealed(pydyf.Object):
    def __init__(self, source: Any):
        super().__init__()
        self.number, self.generation = source.number, source.generation
        self._source = source

    @cached_property
    def data(self) -> bytes:  # type: ignore[override]  # pydyf has a property here
        return self._source.data

    @property
    def compressible(self) -> bool:
        return self._source.compressible
