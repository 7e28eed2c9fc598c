"""Check a PDF for print: every page against what a print shop takes, and the file as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from report.press.check import facts, scene
from report.press.check.colour import Press, Spaces
from report.press.check.geometry import MM
from report.press.check.ink import coverage
from report.press.check.interpreter import Setting
from report.press.check.letters import Letters
from report.press.check.merge import merged
from report.press.check.rules import RULES, distance, document
from report.press.check.rules.codes import CODES
from report.press.check.rules.leaf import Fault, Leaf
from report.press.check.sheet import Sheet, inherited, sheet
from report.press.check.values import Expected, Facts, Finding, Report
from report.press.open import examined
from report.profiles.load import Shop
from report.values import ReportError, Severity

PAGES = 500
"""So many pages are read in whole."""


def check(path: Path, shop: Shop, expected: Expected | None = None) -> Report:
    """Check a file for a print shop; raise `ReportError` where it cannot be opened."""
    with examined(path) as pdf, pikepdf.new() as scratch:
        run = _Run(path, pdf, shop, expected or Expected(), scratch)
        try:
            findings = run.all()
        finally:
            run.letters.close()
        return Report(run.facts, findings)


@dataclass
class _Run:
    """One file being checked."""

    path: Path
    pdf: pikepdf.Pdf
    shop: Shop
    expected: Expected
    scratch: pikepdf.Pdf
    facts: Facts = field(default_factory=Facts)
    sizes: dict[int, tuple[float, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        printer = self.shop.profile
        self.letters = Letters(self.path)
        self.press = Press(self.shop.icc, printer.spots > 0)
        self.setting = Setting(Spaces(self.press), self.scratch, document.hidden(self.pdf))
        self.standard = document.standard(document.claimed(self.pdf), printer)
        facts.file(self.facts, self.path, self.pdf, min(len(self.pdf.pages), PAGES))

    def all(self) -> tuple[Finding, ...]:
        """Check the file, then page by page; nothing of a page is held beyond its findings."""
        found = [_finding(fault, None) for fault in document.document(self.pdf, self.shop.profile, self.facts.bytes)]
        found += [_finding(fault, None) for fault in self._pages()]
        for number in range(1, self.facts.checked + 1):
            found += self._page(number)
        found += [_finding(fault, number) for number, fault in self._odd()]
        if len(self.facts.spots) <= self.shop.profile.spots:
            found = [one for one in found if one.code != "print.spot"]
        if self.pdf.get_warnings():
            found.insert(0, _finding(Fault("print.damaged", "the file is damaged"), None))
        weights = list(Severity)
        return tuple(sorted(found, key=lambda one: (one.page or 0, weights.index(one.severity))))

    def _pages(self) -> Iterator[Fault]:
        """Hold the number of pages against the order, and say how many are not read."""
        count, expected = self.facts.pages, self.expected
        if expected.pages is not None and count != expected.pages:
            yield Fault(
                "print.page-count",
                f"the file has {count} {'page' if count == 1 else 'pages'}; ordered are {expected.pages}",
            )
        if expected.multiple > 1 and count % expected.multiple:
            yield Fault("print.page-multiple", f"the file has {count} {'page' if count == 1 else 'pages'}, which is no multiple of {expected.multiple}")  # fmt: skip
        if self.facts.checked < count:
            yield Fault("print.unread", f"the file has {count} pages; the first {self.facts.checked} are checked")

    def _odd(self) -> Iterator[tuple[int, Fault]]:
        """Find pages of another size than most."""
        if self.expected.trim or not self.sizes:
            return
        usual = Counter(self.sizes.values()).most_common(1)[0][0]
        for number, size in self.sizes.items():
            if max(abs(a - b) for a, b in zip(size, usual, strict=True)) > 0.5:
                yield number, Fault("print.page-size", f"the page is {size[0]:.1f} × {size[1]:.1f} mm; most are {usual[0]:.1f} × {usual[1]:.1f} mm")  # fmt: skip

    def _page(self, number: int) -> list[Finding]:
        try:
            page = self.pdf.pages[number - 1].obj
            known = sheet(page, number)
            if known.trimmed:
                self.sizes[number] = (round(known.trim.width / MM, 1), round(known.trim.height / MM, 1))
            leaf = self._leaf(page, known)
        except (ValueError, TypeError, pikepdf.PdfError, RuntimeError) as error:
            if isinstance(error, ReportError):
                raise
            return [_finding(Fault("print.page-unreadable", f"this page cannot be read: {error}"), number)]
        facts.page(self.facts, leaf)
        return [_finding(fault, number, known) for fault in merged(self._faults(leaf), self._quoted(known))]

    def _leaf(self, page: Any, known: Sheet) -> Leaf:
        printer = self.shop.profile
        bleed = float(printer.bleed) * MM
        seen = scene.read(page, inherited(page, "/Resources"), self.setting, known.media, known.base)
        area = known.area(float(printer.bleed))
        return Leaf(known, page, seen, coverage(seen, area, self.press), printer, self.standard, self.expected, bleed)

    def _faults(self, leaf: Leaf) -> Iterable[Fault]:
        for rule in RULES:
            yield from rule(leaf)
        known = leaf.sheet
        yield from distance.distances(leaf, lambda box: self.letters.tight(known.number, known.base, box))

    def _quoted(self, known: Sheet):  # type: ignore[no-untyped-def]
        return lambda box: self.letters.words(known.number, known.base, box)


def _finding(fault: Fault, page: int | None, known: Sheet | None = None) -> Finding:
    weight, hint = CODES[fault.code]
    place = known.place(fault.box) if known and fault.box else None
    return Finding(fault.code, fault.severity or weight, page, place, fault.message, hint)
