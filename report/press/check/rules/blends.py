"""Rules of transparency, transfer functions and halftones."""

from __future__ import annotations

from collections.abc import Iterator

from report.press.check.content.items import Group, Item, Picture
from report.press.check.rules.page import Breach, CheckedPage
from report.press.pdf.objects import dictionary, word


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
