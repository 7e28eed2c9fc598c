"""How numbers and words of a figure are written in the document's language."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from report.language.labels import TWO_STOPS, Labels
from report.language.writer import Writer
from report.model.text import Passage, Text
from report.values import Series


class Pen:
    """The writer and the labels of one document."""

    def __init__(self, writer: Writer, labels: Labels):
        self.writer, self.labels = writer, labels
        self._foreign: dict[str, Markup] = {}

    def say(self, message: str, **values: str) -> str:
        """Return a label in the document's language, with its placeholders filled: ``%(year)s``."""
        label = self.labels.get(message)
        label = TWO_STOPS.sub(r".\1", label % values) if values else label
        if message in self.labels.borrowed:
            self._foreign[label] = Markup('<span lang="{}">{}</span>').format(self.labels.fallback, label)
        return label

    def head(self, message: str) -> str:
        """Return a label as the head of a table shows it: one of the fallback language is marked."""
        return self.cell(self.say(message))

    def joined(self, parts: Sequence[str]) -> str:
        """Return texts one after another, with commas, of which `cell` knows the marks."""
        words = [part for part in parts if part]
        if any(part in self._foreign for part in words):
            self._foreign[", ".join(words)] = Markup(", ").join(map(self.cell, words))
        return ", ".join(words)

    def text(self, value: Text | Passage) -> str:
        """Return a text without marks; `cell` knows them."""
        plain, marked = self.writer.plain(value), self.writer.text(value)
        if "<span lang" in marked:
            self._foreign[plain] = marked
        return plain

    def cell(self, plain: str) -> str:
        """Return a text that `text` or `say` wrote as a table shows it: words of another language are marked."""
        return self._foreign.get(plain, plain)

    def short(self, value: Decimal | None, unit: str) -> str:
        """Write a number as a drawing does: amounts without cents, shares with their sign."""
        if value is None:
            return "–"
        if unit == "percent":
            return f"{self.writer.number(value)}\u00a0%"
        if unit:
            return self.writer.whole(value)
        return self.writer.number(value)

    def drawn(self, value: Decimal | None, unit: str, decimals: int) -> str:
        """Write a number as `short` does, with as many decimals as the others of its drawing."""
        if value is None or unit not in ("", "percent"):
            return self.short(value, unit)
        return self.writer.fixed(value, decimals) + ("\u00a0%" if unit else "")

    def exact(self, value: Decimal | None, unit: str) -> str:
        """Write a number as a table does: amounts with the decimals of their currency, which is the unit."""
        if value is None or not unit or unit == "percent":
            return self.short(value, unit)
        return self.writer.amount(value, unit)

    def series(self, name: str, values: Sequence[Decimal | None], unit: str) -> Series:
        """Return numbers with their labels."""
        return Series(name, tuple(values), tuple(self.short(value, unit) for value in values))
