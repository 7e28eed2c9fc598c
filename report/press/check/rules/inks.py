"""Rules of colours, total ink and marks."""

from __future__ import annotations

from collections.abc import Iterator

from report.press.check.content.items import Text
from report.press.check.rules.page import Breach, CheckedPage, colours, kind, named, spaces, spots
from report.press.pdf.geometry import MM
from report.values import Severity

_FOREIGN = ("rgb", "lab")


def foreign(page: CheckedPage) -> Iterator[Breach]:
    """Find what is not in the press's inks: PDF/X-4 takes RGB with an ICC profile, PDF/X-1a none (ISO 15930-7, 6.2.4)."""
    x4 = page.standard == "PDF/X-4"
    for item in page.items:
        for model, name in dict.fromkeys(spaces(item)):
            if model in _FOREIGN:
                weight = Severity.WARNING if x4 and "DeviceRGB" not in name else None
                yield Breach(
                    f"print.rgb-{kind(item)}",
                    f"{named(item)} in {name}",
                    item.box,
                    weight,
                    quote=isinstance(item, Text),
                )
            elif not x4 and name.startswith(("ICCBased", "Cal")):
                yield Breach("print.icc-colour", f"{named(item)} in {name}", item.box)


def separations(page: CheckedPage) -> Iterator[Breach]:
    """Find spot colours, and the registration colour where it is no mark."""
    for item in page.items:
        for name in spots(item):
            yield Breach("print.spot", f"spot colour {name}", item.box)
        if any(one.kind == "registration" and not one.light for one in colours(item)) and item.box.meets(page.boxes.trim):  # fmt: skip
            yield Breach("print.registration", "the registration colour, of all inks, inside the trim", item.box)


def total(page: CheckedPage) -> Iterator[Breach]:
    """Find places with more ink than the paper takes; half a per cent is below what a byte of a plane can tell."""
    most = float(page.printer.ink.most)
    for heavy in page.coverage.over(most + 1):
        parts = " ".join(f"{name[0] if name in ('Cyan', 'Magenta', 'Yellow') else 'K' if name == 'Black' else name} {part:.0f}" for name, part in heavy.parts.items() if part)  # fmt: skip
        yield Breach("print.ink", f"{heavy.total:.0f} % of ink ({parts}); the paper takes {most:g} %", heavy.box)
    for box, why in page.coverage.unmeasured:
        yield Breach("print.ink-unmeasured", f"the ink of a picture or a shading cannot be measured: {why}", box)


def marks(page: CheckedPage) -> Iterator[Breach]:
    """Check crop marks: that the shop accepts them, their colour, and that they stand outside the bleed (ISO 15930-7, 6.11)."""
    if page.marks and page.printer.marks == "none":
        box = page.marks[0].box
        for mark in page.marks[1:]:
            box = box.joined(mark.box)
        yield Breach(
            "print.marks",
            f"{len(page.marks)} crop mark{'' if len(page.marks) == 1 else 's'}; the shop accepts none",
            box,
        )
    bleed = page.area.grown(-0.05 * MM)
    for mark in page.marks:
        kinds = {one.kind for one in colours(mark)}
        if kinds & set(_FOREIGN):
            yield Breach("print.marks-rgb", "a crop mark in RGB", mark.box)
        elif "registration" not in kinds and any(min(one.inks) < 0.9 for one in colours(mark)):
            yield Breach("print.marks-ink", "a crop mark that is not in all inks", mark.box)
        if mark.box.grown(0.01).meets(bleed):
            yield Breach("print.marks-bleed", "a crop mark inside the bleed", mark.box)
