"""How facts are written in one language: texts, dates, numbers, countries, lists of words."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_symbol
from markupsafe import Markup, escape

from report.model.dates import PartialDate
from report.model.money import places
from report.model.passages import lines, markdown, one_line
from report.model.text import FOREIGN, Passage, Text, Translation
from report.values import Money

_DIGITS = re.compile(r"[#0,.]+")
_LOCALES = {"en": "en_GB"}
_RENDERER = markdown.PARSER.renderer


def rounded(value: Decimal, decimals: int = 0) -> Decimal:
    """Round as readers and Word do, halves away from nothing; Babel alone would round them to the even neighbour."""
    return Decimal(_finite(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0


_END = re.compile(r"(?<!\s)(?:\s*</(?:p|li|ol|ul)>)+\Z")
UNKNOWN = "not known"
"""The label of what nobody knows."""


def _is_passage(value: Text | Passage) -> bool:
    return isinstance(value, Passage) or value.marked


def _finite(value: Any) -> Any:
    """Return a number as it is; raise `ValueError` for what no page can print as one."""
    if not isinstance(value, int | float | Decimal) or not math.isfinite(value):
        raise ValueError(f"'{value}' is not a number")
    return value


def _minus(number: str) -> str:
    """Write the minus sign as typographers do: a hyphen is narrower, and a line may break after it."""
    return number.replace("-", "\N{MINUS SIGN}")


class Writer:
    """The filters of one document: they know its language and the fallback that it allows."""

    def __init__(self, language: str, fallback: str | None = None, unknown: Callable[[], str] | None = None):
        """`unknown` says “not known” in the language, for a fact that nobody knows: None is written so."""
        self.language, self.fallback = language, fallback
        self._unknown = unknown
        self.untold: dict[int, Text] = {}
        """Texts that were to be written and are not told in the language, by their identity."""
        self.borrowed: dict[int, Text] = {}
        """Texts that were written in the fallback language."""
        self.locale = Locale.parse(_LOCALES.get(language, language.replace("-", "_")))
        self.said: set[str] = set()
        """Dates, countries and languages that were written: words of the program, not of the facts."""
        self.printed: set[int] = set()
        """The identities of the texts of the facts that were written."""
        self.log: list[tuple[int, str]] = []
        """The identity of each text and date of the facts, in the order in which they were written, and what was written."""

    def _own(self, told: str) -> str:
        self.said.add(told)
        return told

    def filters(self) -> dict[str, Any]:
        """Return the filters by the names that templates use."""
        names = (
            "known",
            "text",
            "plain",
            "short",
            "medium",
            "rich",
            "date",
            "number",
            "money",
            "amount",
            "exact",
            "whole_money",
            "alike",
            "country",
            "language_name",
            "words",
            "sentence",
        )
        return {name: getattr(self, name) for name in names}

    def _told(self, value: Text | Passage) -> Translation:
        """Return a text in the language, or else what is there of it: who has everything written looks at `untold`."""
        text = value.longest if isinstance(value, Passage) else value
        self.printed.add(id(text))
        told = text.in_language(self.language, self.fallback)
        if told is None:
            self.untold[id(text)] = text
            language, words = next(iter(text.by_language.items()))
            return Translation(words, language)
        if told.language not in (self.language, text.original):
            self.borrowed[id(text)] = text
        return told

    def _logged(self, value: Any, html: str) -> str:
        self.log.append((id(value.longest if isinstance(value, Passage) else value), html))
        return html

    def _marked(self, told: Translation, html: str) -> Markup:
        html = FOREIGN.sub(r'<span lang="\2">\1</span>', html)
        return Markup(html if told.language == self.language else f'<span lang="{escape(told.language)}">{html}</span>')

    def known(self, value: Any) -> Any:
        """Write what is not a text, a date or a number as it is, or that it is not known."""
        return self._not_known() if value is None else value

    def _not_known(self) -> str:
        if self._unknown is None:
            raise TypeError("there is nothing to write")
        return self._unknown()

    def text(self, value: Text | Passage | None) -> Markup:
        """Write a text, the longest of a passage; one in another language is marked with it, and None is “not known”.

        Words of another language inside a text are marked as ``[Committee]{lang=en}``.
        """
        if value is None:
            return escape(self._not_known())
        told = self._told(value)
        html = self._inline(told.text) if _is_passage(value) else str(escape(lines.in_row(told.text)))
        return self._marked(told, self._logged(value, html))

    @staticmethod
    def _inline(text: str) -> str:
        """Write a passage's emphasis and links inside a line; its paragraphs and list items follow one another."""
        return one_line.in_line(text, lambda words: _RENDERER.render(words, markdown.PARSER.options, {}))

    def plain(self, value: Text | Passage) -> str:
        """Write a text in a line without any mark-up, for titles and attributes."""
        told = self._told(value).text
        plain = FOREIGN.sub(r"\1", one_line.plain(told) if _is_passage(value) else lines.in_row(told))
        self._logged(value, str(escape(plain)))
        return plain

    def short(self, value: Passage) -> Markup:
        """Write the shortest variant of a passage."""
        return self.text(value.shortest)

    def medium(self, value: Passage) -> Markup:
        """Write the medium variant of a passage, or else its shortest."""
        return self.text(value.variants.get("medium") or value.shortest)

    def rich(self, value: Text | Passage, mark: str = "") -> Markup:
        """Write a passage as blocks: paragraphs and lists with emphasis and links, in Markdown's notation.

        `mark`, the mark of its source, stands behind its last word.
        """
        told = self._told(value)
        made = self._logged(value, _RENDERER.render(markdown.blocks(told.text), markdown.PARSER.options, {}).strip())
        html = FOREIGN.sub(r'<span lang="\2">\1</span>', made)
        html = _END.sub(lambda end: f"{escape(mark)}{end[0]}", html, count=1)
        return Markup(html if told.language == self.language else f'<div lang="{escape(told.language)}">{html}</div>')

    def date(self, value: PartialDate | datetime.date | None) -> str:
        """Write a date as precisely as it is known; None is “not known”."""
        if value is None:
            return self._not_known()
        if not isinstance(value, PartialDate | datetime.date):
            raise TypeError(f"'{value}' is not a date")
        return self._logged(value, self._own(self._date(value)))

    def _date(self, value: PartialDate | datetime.date) -> str:
        first = datetime.date(value.year, value.month or 1, value.day or 1)
        if not value.month:
            return str(format_skeleton("y", first, locale=self.locale))
        if not value.day:
            return str(format_skeleton("yMMMM", first, locale=self.locale))
        return str(format_date(first, "long", self.locale))

    def number(self, value: int | Decimal) -> str:
        return _minus(format_decimal(_finite(value), locale=self.locale, decimal_quantization=False))

    def money(self, value: Decimal | Money, currency: str | None = None) -> str:
        """Write an amount with the decimals of its currency, whose sign or code stands where the language puts it.

        Without a currency it has two decimals.
        """
        amount, currency = (value.amount, value.currency) if isinstance(value, Money) else (value, currency)
        return self._amount(amount, places(_finite(amount), currency), currency)

    def amount(self, value: Decimal, currency: str) -> str:
        """Write an amount with the decimals of its currency, and without its sign, as in a table whose head has that."""
        return self._amount(value, places(_finite(value), currency), None)

    @staticmethod
    def exact(value: Decimal, currency: str) -> str:
        """Return an amount as a program reads it, with the decimals of its currency: 1234.50."""
        return f"{rounded(value, places(_finite(value), currency)):f}"

    def whole_money(self, value: Decimal, currency: str) -> str:
        """Write an amount without its cents, for a headline; the currency stands where the language puts it."""
        return self._amount(value, 0, currency)

    def alike(self, value: Decimal, amounts: Iterable[Decimal], currency: str) -> str:
        """Write an amount of a list: without cents where none of its `amounts` has any, and with those of the currency otherwise."""
        fractions = any(places(_finite(one), currency) and one != one.to_integral_value() for one in amounts)
        return self.money(value, currency) if fractions else self.whole_money(value, currency)

    def whole(self, value: Decimal) -> str:
        """Write an amount without its cents and without its currency."""
        return self._amount(value, 0, None)

    def fixed(self, value: Decimal, decimals: int) -> str:
        """Write a number with so many decimals, as its neighbours in a drawing."""
        return self._amount(value, decimals, None)

    def _amount(self, value: Decimal, decimals: int, currency: str | None) -> str:
        value, digits = rounded(value, decimals), "#,##0" + ("." + "0" * decimals if decimals else "")
        if not currency:
            return _minus(format_decimal(value, digits, locale=self.locale))
        pattern = _DIGITS.sub(digits, self.locale.currency_formats["standard"].pattern)
        if get_currency_symbol(currency, self.locale)[-1:].isalpha():
            pattern = pattern.replace("¤#", "¤\u00a0#")  # a code needs room before digits (CLDR currencySpacing)
        return _minus(format_currency(value, currency, pattern, locale=self.locale, currency_digits=False))

    def country(self, code: str) -> str:
        return self._own(self.locale.territories.get(code, code))

    def language_name(self, code: str) -> str:
        return self._own(self.locale.languages.get(code, code))

    def words(self, values: Iterable[Any]) -> Markup:
        """Write a list of words as the language does: A, B and C."""
        parts = [escape(value) for value in values]
        return Markup(format_list([str(part) for part in parts], locale=self.locale)) if parts else Markup("")

    def sentence(self, value: Any) -> Markup:
        """End a text with a full stop, unless it ends with one: a Bulgarian date does ("2007 г.")."""
        text = escape(value)
        return text if text.striptags().rstrip().endswith((".", "!", "?", "…")) else text + "."
