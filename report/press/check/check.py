"""Check a PDF for print: every page against what a print shop takes, and the file as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf

from report.press.check import facts, scene
from report.press.check.budget import LOOK, PAGE, Budget, SpentError
from report.press.check.colour import Press, Spaces
from report.press.check.interpreter import Setting
from report.press.check.letters import Letters
from report.press.check.merge import merged
from report.press.check.page_boxes import Sheet, sheet
from report.press.check.paint import coverage
from report.press.check.rules import RULES, distance, document
from report.press.check.rules.codes import CODES
from report.press.check.rules.page import Fault, Leaf
from report.press.check.values import Expected, Facts, Finding, Report
from report.press.pdf.complexity import Simplicity
from report.press.pdf.geometry import MM, Box
from report.press.pdf.objects import BROKEN, OddObjectError, inherited
from report.press.pdf.opening import examined
from report.profiles.load import Shop
from report.values import Severity

PAGES = 500
"""So many pages are read in whole."""
_FAULTS = 3_000
"""So many faults of a kind on a page are looked at."""
_LOOKED = 1.0
"""Steps that a thing takes which a rule looks at."""


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
    budget: Budget = field(default_factory=Budget)
    simplicity: Simplicity = field(default_factory=Simplicity)
    readable: set[int] = field(default_factory=set)
    """Pages whose text PDFium may read."""

    def __post_init__(self) -> None:
        printer = self.shop.profile
        self.letters = Letters(self.path, self.budget)
        self.press = Press(self.shop.icc, printer.spots > 0, self.budget)
        self.setting = Setting(Spaces(self.press), self.scratch, self.budget, document.hidden(self.pdf))
        self.standard = document.standard(document.claimed(self.pdf), printer)
        facts.file(self.facts, self.path, self.pdf)

    def all(self) -> tuple[Finding, ...]:
        """Check the file, then page by page; nothing of a page is held beyond its findings."""
        found = [_finding(fault, None) for fault in document.document(self.pdf, self.shop.profile, self.facts.bytes)]
        for number, page in enumerate(islice(self.pdf.pages, PAGES), 1):
            if self.budget.spent:
                break
            found += self._page(page.obj, number)
            self.facts.checked = number
        found += [_finding(fault, None) for fault in self._pages()]
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
                f"the file has {count} {'page' if count == 1 else 'pages'}; the order is for {expected.pages}",
            )
        if expected.multiple > 1 and count % expected.multiple:
            yield Fault("print.page-multiple", f"the file has {count} {'page' if count == 1 else 'pages'}, which is not a multiple of {expected.multiple}")  # fmt: skip
        if self.facts.checked < count:
            more = "; the others are too complex to read" if self.facts.checked < PAGES else ""
            yield Fault("print.unread", f"the file has {count} pages; the first {self.facts.checked} are checked{more}")

    def _odd(self) -> Iterator[tuple[int, Fault]]:
        """Find pages of another size than most."""
        if self.expected.trim or not self.sizes:
            return
        usual = Counter(self.sizes.values()).most_common(1)[0][0]
        for number, size in self.sizes.items():
            if max(abs(a - b) for a, b in zip(size, usual, strict=True)) > 0.5:
                yield number, Fault("print.page-size", f"the page is {size[0]:.1f} × {size[1]:.1f} mm; most are {usual[0]:.1f} × {usual[1]:.1f} mm")  # fmt: skip

    def _page(self, page: Any, number: int) -> list[Finding]:
        """Return the findings of a page; what is too much of it for the memory costs the page alone."""
        self.budget.begin(PAGE)
        self.budget.spend(PAGE)
        try:
            known = sheet(page, number)
            if known.trimmed:
                self.sizes[number] = (round(known.trim.width / MM, 1), round(known.trim.height / MM, 1))
            leaf = self._leaf(page, known)
        except OddObjectError as error:
            return [_finding(Fault("print.page-unreadable", f"this page cannot be read: {error}"), number)]
        except BROKEN:
            return [_finding(Fault("print.page-unreadable", "this page cannot be read: it is damaged"), number)]
        except MemoryError:
            return [_finding(Fault("print.unread", "the page takes more memory than a file may"), number)]
        return [_finding(fault, number, known) for fault in self._looked(leaf)]

    def _leaf(self, page: Any, known: Sheet) -> Leaf:
        printer = self.shop.profile
        bleed = float(printer.bleed) * MM
        seen = scene.read(page, inherited(page, "/Resources"), self.setting, known.media, known.base)
        before = self.budget.file
        painted = coverage(seen, known.area(float(printer.bleed)), self.press, self.budget)
        if scene.readable(seen) and self.simplicity.readable(page):
            self.readable.add(known.number)
            if not painted.unread and scene.drawable(seen, before - self.budget.file):
                self.facts.drawable.add(known.number)
        return Leaf(known, page, seen, painted, printer, self.standard, self.expected, bleed)

    def _looked(self, leaf: Leaf) -> list[Fault]:
        """Look for a page's faults, as far as it is worth."""
        number, base = leaf.sheet.number, leaf.sheet.base
        readable = number in self.readable

        def tight(box: Box) -> Box:
            return self.letters.tight(number, base, box) if readable else box

        def quoted(box: Box) -> str:
            return self.letters.words(number, base, box) if readable else ""

        self.budget.begin(LOOK)
        found: list[Fault] = []
        try:
            facts.page(self.facts, leaf)
            found.extend(self._faults(leaf, tight))
        except SpentError:
            message = "the page has too much content to check completely; it may have other faults, too"
            found.append(Fault("print.unread", message))
        return merged(found, quoted)

    def _faults(self, leaf: Leaf, tight: distance.Tight) -> Iterator[Fault]:
        for rule in (*RULES, lambda leaf: distance.distances(leaf, tight)):
            self.budget.spend(_LOOKED * len(leaf.items))
            count = 0
            for fault in islice(rule(leaf), _FAULTS):
                count += 1
                yield fault
            if count == _FAULTS:
                yield Fault("print.unread", "the page has more faults of a kind than are looked at")


def _finding(fault: Fault, page: int | None, known: Sheet | None = None) -> Finding:
    weight, hint = CODES[fault.code]
    place = known.place(fault.box) if known and fault.box else None
    return Finding(fault.code, fault.severity or weight, page, place, fault.message, hint)
