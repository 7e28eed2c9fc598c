"""The small parts that charts of Word's are made of: values, fills, lines and text (ECMA-376 21.2, 20.1)."""

from __future__ import annotations

from report.formats.ooxml import Element, sub


def filled(shape: Element, fill: str, edge: str | None) -> None:
    solid(shape, fill)
    line = sub(shape, "a:ln", {"w": 9525})
    solid(line, edge) if edge else sub(line, "a:noFill")


def stroked(shape: Element, colour: str, dash: str = "solid", width: int = 25400) -> None:
    line = sub(shape, "a:ln", {"w": width, "cap": "flat"})
    solid(line, colour)
    sub(line, "a:prstDash", {"val": dash})


def solid(parent: Element, colour: str) -> None:
    sub(sub(parent, "a:solidFill"), "a:srgbClr", {"val": colour.removeprefix("#").upper()})


def lettering(
    parent: Element,
    families: str,
    colour: str,
    size: float,
    bold: bool = False,
    before: tuple[str, ...] = (),
    unbroken: bool = False,
) -> None:
    """Say how text looks; `size` is in CSS pixels. Of several families the last one is for complex scripts (20.1.2.3.1)."""
    for name in before:
        if name == "numFmt":
            sub(parent, "c:numFmt", {"formatCode": "0%", "sourceLinked": 0})
        else:
            sub(sub(parent, f"c:{name}"), "a:noFill")
    text = sub(parent, "c:txPr")
    sub(text, "a:bodyPr", {"wrap": "none"} if unbroken else None)
    sub(text, "a:lstStyle")
    paragraph = sub(text, "a:p")
    run = sub(sub(paragraph, "a:pPr"), "a:defRPr", {"sz": round(size * 75), "b": int(bold)})
    solid(run, colour)
    fonts = families.split(", ")
    for name, font in (("latin", fonts[0]), ("cs", fonts[-1])):
        sub(run, f"a:{name}", {"typeface": font})
    sub(paragraph, "a:endParaRPr")


def put(parent: Element, name: str, value: object) -> None:
    sub(parent, f"c:{name}", {"val": value})


def shown(labels: Element, percent: bool = False) -> None:
    for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize"):
        put(labels, name, int(name == ("showPercent" if percent else "showVal")))
