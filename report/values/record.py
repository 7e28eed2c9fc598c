"""Records of facts: they are printed field by field."""

from __future__ import annotations


class Record:
    """What has several facts and no one text: to make a text of it is an error, where it would print Python's own."""

    __slots__ = ()

    def __str__(self) -> str:
        raise TypeError(f"{type(self).__name__} is a whole record, and no text: print one of its facts")

    def __format__(self, form: str) -> str:
        return str(self)
