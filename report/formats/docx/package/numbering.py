"""List markers: one abstract numbering per look of a list, one instance per list, so that each starts anew (17.9)."""

from __future__ import annotations

from dataclasses import dataclass, field

from report.formats.docx.formatting import properties
from report.formats.docx.formatting.values import RunFormat
from report.formats.ooxml import Element, sub
from report.values.length import ZERO, Length

LEVELS = 9


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before the items of a list; `number` is ``bullet`` or a number format."""

    number: str
    text: str
    left: Length
    hanging: Length
    level: int
    run: RunFormat = RunFormat()


@dataclass(slots=True)
class Numbering:
    """The numbering part as it grows: abstract definitions stand before every instance."""

    _abstract: dict[Marker, int] = field(default_factory=dict)
    _instances: list[tuple[int, Marker, int | None]] = field(default_factory=list)
    _bullets: dict[Marker, int] = field(default_factory=dict)

    def instance(self, marker: Marker, start: int | None) -> int:
        """Return the number of a list that begins at `start`; lists of bullets share one."""
        if start is None and marker in self._bullets:
            return self._bullets[marker]
        abstract = self._abstract.setdefault(marker, len(self._abstract) + 1)
        self._instances.append((abstract, marker, start))
        if start is None:
            self._bullets[marker] = len(self._instances)
        return len(self._instances)

    def write(self, root: Element) -> None:
        """Append everything to ``w:numbering``."""
        for marker, number in self._abstract.items():
            definition = sub(root, "w:abstractNum", abstractNumId=number)
            sub(definition, "w:nsid", val=f"{0x4E470000 + number:08X}")
            sub(definition, "w:multiLevelType", val="hybridMultilevel")
            for level in range(LEVELS):
                _level(definition, marker, level)
        for number, (abstract, marker, start) in enumerate(self._instances, 1):
            instance = sub(root, "w:num", numId=number)
            sub(instance, "w:abstractNumId", val=abstract)
            if start is not None:
                sub(sub(instance, "w:lvlOverride", ilvl=marker.level), "w:startOverride", val=start)


def _level(abstract: Element, marker: Marker, level: int) -> None:
    element = sub(abstract, "w:lvl", ilvl=level)
    sub(element, "w:start", val=1)
    sub(element, "w:numFmt", val=marker.number)
    text = marker.text if marker.number == "bullet" else marker.text.replace("%", f"%{level + 1}")
    sub(element, "w:lvlText", val=text)
    sub(element, "w:lvlJc", val="left")
    left = max(ZERO, marker.left + (level - marker.level) * marker.hanging).twips
    paragraph = sub(element, "w:pPr")
    sub(sub(paragraph, "w:tabs"), "w:tab", val="num", pos=left)
    sub(paragraph, "w:ind", left=left, hanging=marker.hanging.twips)
    properties.run_properties(element, marker.run)
