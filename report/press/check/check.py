"""Check a PDF for print: every page against what a print shop takes, and the file as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf

from report.press.check import facts
from report.press.check.content import scene
from report.press.check.content.budget import LOOK, PAGE, Budget, SpentError
from report.press.check.content.colour import InkModel
from report.press.check.content.interpreter import FileContext
from report.press.check.content.letters import Letters
from report.press.check.content.shown_boxes import ShownBoxes, shown_boxes
from report.press.check.facts import Facts
from report.press.check.inks.paint import coverage
from report.press.check.merge import merge
from report.press.check.rules import boxes, document, edges, inks, overprint, pictures, type
from report.press.check.rules.expected import Expected
from report.press.check.rules.hints import CODES
from report.press.check.rules.page import Breach, CheckedPage
from report.press.pdf.complexity import Complexity
from report.press.pdf.geometry import MM
from report.press.pdf.objects import BROKEN, OddObjectError, inherited
from report.press.pdf.opening import open_tolerantly
from report.press.pdf.spaces import Spaces
from report.profiles.load import Shop
from report.values import Location, Problem, Severity, required

RULES: tuple[Callable[[CheckedPage], Iterator[Breach]], ...] = (
    boxes.boxes, boxes.blank, boxes.annotation_objects, boxes.unreadable, edges.bleeds,
    inks.foreign, inks.separations, inks.total, inks.marks,
    pictures.resolution, pictures.stored,
    type.embedded, type.sizes, type.inks, overprint.black,
    type.hairlines, overprint.overprint, overprint.transparency, overprint.screens,
    edges.distances,
)  # fmt: skip
"""What every page is checked against."""
PAGES = 500
"""A file's later pages are not checked."""
_BREACHES = 3_000
"""The most breaches of one rule on a page."""
_LOOKED = 1.0
"""Steps that a rule takes for each item."""


@dataclass(frozen=True, slots=True)
class Preflight:
    """A checked file: what it is, and what is wrong with it."""

    facts: Facts
    problems: tuple[Problem, ...]


def check(path: Path, shop: Shop, expected: Expected | None = None) -> Preflight:
    """Check a file for a print shop; raise `ReportError` where it cannot be opened."""
    with open_tolerantly(path) as pdf, pikepdf.new() as scratch:
        run = _Run(path, pdf, shop, expected or Expected(), scratch)
        try:
            problems = run.problems()
        finally:
            run.letters.close()
        return Preflight(run.facts, problems)


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
    complexity: Complexity = field(default_factory=Complexity)

    def __post_init__(self) -> None:
        printer = self.shop.profile
        self.letters = Letters(self.path, self.budget)
        self.ink_model = InkModel(self.shop.icc, printer.spots > 0, self.budget)
        self.context = FileContext(
            Spaces(self.budget.spend), self.ink_model, self.scratch, self.budget, document.hidden(self.pdf)
        )
        self.standard = document.standard(document.claimed(self.pdf), printer)
        facts.file(self.facts, self.path, self.pdf)

    def problems(self) -> tuple[Problem, ...]:
        """Check the file, then page by page; nothing of a page is kept but its problems."""
        problems = [*map(self._problem, document.document(self.pdf, self.shop.profile, self.facts.bytes))]
        for number, page in enumerate(islice(self.pdf.pages, PAGES), 1):
            if self.budget.spent:
                break
            problems += self._page(page.obj, number)
            self.facts.checked = number
        problems += map(self._problem, self._page_count())
        problems += [self._problem(breach, number) for number, breach in self._unusual_sizes()]
        if len(self.facts.spots) <= self.shop.profile.spots:
            problems = [one for one in problems if one.code != "print.spot"]
        if self.pdf.get_warnings():  # which come as objects are read
            problems.insert(0, self._problem(Breach("print.damaged", "the file is damaged")))
        order = list(Severity)
        return tuple(sorted(problems, key=lambda p: (required(p.location).page or 0, order.index(p.severity))))

    def _page_count(self) -> Iterator[Breach]:
        """Compare the number of pages with the order, and say how many are not checked."""
        count, expected = self.facts.pages, self.expected
        pages = f"the file has {count} {'page' if count == 1 else 'pages'}"
        if expected.pages is not None and count != expected.pages:
            yield Breach("print.page-count", f"{pages}; the order is for {expected.pages}")
        if expected.multiple > 1 and count % expected.multiple:
            yield Breach("print.page-multiple", f"{pages}, which is not a multiple of {expected.multiple}")
        if self.facts.checked < count:
            more = "; the others are too complex to read" if self.facts.checked < PAGES else ""
            yield Breach(
                "print.unread", f"the file has {count} pages; the first {self.facts.checked} are checked{more}"
            )

    def _unusual_sizes(self) -> Iterator[tuple[int, Breach]]:
        """Find pages of another size than most."""
        if self.expected.trim or not self.sizes:
            return
        usual = Counter(self.sizes.values()).most_common(1)[0][0]
        for number, size in self.sizes.items():
            if max(abs(a - b) for a, b in zip(size, usual, strict=True)) > 0.5:
                yield number, Breach("print.page-size", f"the page is {size[0]:.1f} × {size[1]:.1f} mm; most are {usual[0]:.1f} × {usual[1]:.1f} mm")  # fmt: skip

    def _page(self, source: Any, number: int) -> list[Problem]:
        """Return the problems of a page; one that needs too much memory costs that page alone."""
        self.budget.begin(PAGE)
        self.budget.spend(PAGE)
        try:
            shown = shown_boxes(source, number)
            if shown.trimmed:
                self.sizes[number] = (round(shown.trim.width / MM, 1), round(shown.trim.height / MM, 1))
            page = self._read(source, shown)
        except OddObjectError as error:
            return [self._problem(Breach("print.page-unreadable", f"this page cannot be read: {error}"), number)]
        except BROKEN:
            return [self._problem(Breach("print.page-unreadable", "this page cannot be read: it is damaged"), number)]
        except MemoryError:
            return [self._problem(Breach("print.unread", "the page takes more memory than a file may"), number)]
        return [self._problem(breach, number, shown) for breach in self._breaches(page)]

    def _read(self, source: Any, shown: ShownBoxes) -> CheckedPage:
        """Interpret a page's content and paint its inks."""
        printer, number = self.shop.profile, shown.number
        bleed = float(printer.bleed) * MM
        painted = scene.read(source, inherited(source, "/Resources"), self.context, shown.media, shown.base)
        before = self.budget.file
        covered = coverage(painted, shown.area(float(printer.bleed)), self.ink_model, self.budget)
        if scene.readable(painted) and self.complexity.readable(source):
            self.letters.readable.add(number)
            if not covered.unread and scene.drawable(painted, before - self.budget.file):
                self.facts.drawable.add(number)
        tight = partial(self.letters.tight, number, shown.base)
        return CheckedPage(shown, source, painted, covered, printer, self.standard, self.expected, bleed, tight)

    def _breaches(self, page: CheckedPage) -> list[Breach]:
        """Return a page's breaches of the rules, as far as the budget goes."""
        self.budget.begin(LOOK)
        breaches: list[Breach] = []
        try:
            facts.page(self.facts, page)
            breaches.extend(self._apply_rules(page))
        except SpentError:
            message = "the page has too much content to check completely; it may have other faults, too"
            breaches.append(Breach("print.unread", message))
        return merge(breaches, partial(self.letters.words, page.boxes.number, page.boxes.base))

    def _apply_rules(self, page: CheckedPage) -> Iterator[Breach]:
        for rule in RULES:
            self.budget.spend(_LOOKED * len(page.items))
            count = 0
            for breach in islice(rule(page), _BREACHES):
                count += 1
                yield breach
            if count == _BREACHES:
                yield Breach("print.unread", "the page has more faults of one kind than are reported")

    def _problem(self, breach: Breach, page: int | None = None, shown: ShownBoxes | None = None) -> Problem:
        severity, hint = CODES[breach.code]
        area = shown.page_area(breach.box) if shown and breach.box else None
        location = Location(self.path, page=page, area=area)
        return Problem(breach.severity or severity, breach.code, breach.message, location, hint)
