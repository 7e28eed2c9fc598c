"""Rules of overprint, transparency, transfer functions and halftones."""

from __future__ import annotations

from collections.abc import Iterator

from report.press.check.content.colour import PROCESS
from report.press.check.content.items import Group, Item, Picture, Text, Vector
from report.press.check.rules.page import Breach, CheckedPage
from report.press.pdf.objects import dictionary, word
from report.values import Severity


def overprint(page: CheckedPage) -> Iterator[Breach]:
    """Find white that overprints, and inks that overprint in the mode that erases (ISO 32000-1, 8.6.7)."""
    for item in page.items:
        style = item.style
        if not (style.fill or style.stroke) or not isinstance(item, Text | Vector | Picture):
            continue
        fill = item.stencil if isinstance(item, Picture) else item.fill
        stroke = None if isinstance(item, Picture) else item.stroke
        for over, colour in ((style.fill, fill), (style.stroke, stroke)):
            if not over or colour is None or colour.kind in ("pattern", "none", "rgb", "lab"):
                continue
            if colour.light:
                gone = all(colour.leaves(ink, style.mode) for ink in PROCESS)
                message = "white that overprints, and so does not print" if gone else "white that is set to overprint"
                weight = None if gone else Severity.WARNING
                yield Breach("print.white-overprint", message, item.box, weight, quote=isinstance(item, Text))
            elif colour.direct and style.mode == 0 and not all(colour.inks):
                yield Breach("print.overprint-mode", "overprints in mode 0, which erases the inks that it has none of", item.box)  # fmt: skip


def black(page: CheckedPage) -> Iterator[Breach]:
    """Find small black text that knocks out of a coloured ground."""
    for item in page.texts():
        if item.size < 24 and _only_black(item) and not _overprints(item):
            below = page.under(item)
            ground = sum(part for name, part in below.items() if name != "Black")
            if ground >= 20:
                yield Breach("print.black-knockout", "black text knocks out of a coloured ground", item.box, quote=True)


def _only_black(item: Text) -> bool:
    colour = item.fill
    return colour is not None and colour.kind in ("cmyk", "gray") and colour.inks[3] >= 0.85 and not any(colour.inks[:3])  # fmt: skip


def _overprints(item: Text) -> bool:
    return item.style.fill and item.fill is not None and item.fill.leaves("Cyan", item.style.mode)


def transparent(item: Item) -> bool:
    """Say whether something shows through a thing."""
    return not item.style.plain or (isinstance(item, Picture) and item.masked)


def transparency(page: CheckedPage) -> Iterator[Breach]:
    """PDF/X-1a has no transparency (ISO 15930-4, 6.8); in PDF/X-4 it should blend in the press's inks."""
    if page.standard != "PDF/X-4":
        for item in page.scene.all():
            if transparent(item) and item.box.meets(page.area):
                what = item.style.blend if item.style.blend != "Normal" else "a soft mask" if item.style.mask or isinstance(item, Picture) else "alpha"  # fmt: skip
                kind = "a group" if isinstance(item, Group) else "something"
                yield Breach("print.transparency", f"{kind} that is transparent ({what}), where PDF/X-1a is asked for", item.box)  # fmt: skip
        return
    if not any(transparent(item) for item in page.scene.all()):
        return
    names = set(page.scene.blends)
    if word(dictionary(page.source.get("/Group")).get("/CS")) in ("DeviceRGB", "CalRGB"):
        names.add("DeviceRGB")
    for name in sorted(names):
        if "RGB" in name:
            yield Breach("print.blend-space", f"transparency blends in {name}")


def screens(page: CheckedPage) -> Iterator[Breach]:
    """Find transfer functions and halftones (ISO 15930-7, 6.2.7)."""
    for setting in sorted(page.scene.transfers):
        code = "print.transfer" if setting.startswith("transfer") else "print.halftone"
        yield Breach(code, f"the page sets a {setting}")
