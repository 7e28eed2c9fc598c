"""Which template an element came from, so that its problems name the file to mend.

The loader sets a comment around each template that is included; they are gone before the document is finished.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import jinja2

from report.values import Location, ReportError

_BEGIN, _END = "template:", "/template"


class Loader(jinja2.FileSystemLoader):
    """Mark where an included section begins and ends, on its own first and last line."""

    def __init__(self, folders: Sequence[str]):
        super().__init__(folders)
        self._roots = [Path(folder).resolve() for folder in folders]

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, filename, fresh = super().get_source(environment, template)
        where = Path(filename).resolve()
        if not any(where.is_relative_to(root) for root in self._roots):
            message, hint = (
                f"the template '{template}' is a link that points outside the folder",
                "copy the file itself there",
            )
            raise ReportError.of("template.outside", message, Location(Path(filename)), hint)
        if "/sections/" in template:  # on its own lines, so that line numbers stay true
            source = f"<!--{_BEGIN}{filename}-->{source.removesuffix(chr(10))}<!--{_END}-->"
        return source, filename, fresh


def origins(root: ET.Element) -> Mapping[ET.Element, Path]:
    """Return the template of each element that a section's template wrote."""
    where: dict[ET.Element, Path] = {}
    open_now: list[Path] = []
    for element in root.iter():
        if isinstance(element.tag, str):
            if open_now:
                where[element] = open_now[-1]
        elif (text := element.text or "").startswith(_BEGIN):
            open_now.append(Path(text.removeprefix(_BEGIN)))
        elif text == _END and open_now:
            open_now.pop()
    return where
