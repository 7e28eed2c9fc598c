"""A document while it is composed: what the checks look at."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import jinja2

from report.compose.checks.printed import Printed
from report.language.labels import Labels
from report.language.writer import Writer
from report.looks.kinds import Kind
from report.model.document import DocumentRequest
from report.model.dossier import Dossier
from report.model.privacy.names import Finder
from report.values import Attachment, Drawing, Location, Look, Printing, Problem, Severity
from report.values.workbook import Workbook


@dataclass(frozen=True)
class Draft:
    """A rendered document with what it was made from.

    `dossier` has the facts of all times. `origins` has the template of each element that a section wrote, `template` wrote the others.
    Pictures are looked for in `folders`; `assets` are those that can be shown, and `drawings` what may be drawn instead, by their ``src``.
    `removed` finds the names that were taken out of a redacted edition. `own_words` are printed texts that are no facts, besides
    labels and what the `writer` knows. `text_ids_in_drawings` are the identities of the texts of facts that are drawn.
    """

    dossier: Dossier
    request: DocumentRequest
    language: str
    edition: str
    kind: Kind
    sections: tuple[str, ...]
    look: Look
    printing: Printing | None
    labels: Labels
    writer: Writer
    sandbox: jinja2.Environment
    title: str
    author: str
    description: str
    root: ET.Element
    template: Path
    origins: Mapping[ET.Element, Path]
    folders: tuple[Path, ...]
    assets: Mapping[str, Path]
    drawings: Mapping[str, Drawing]
    attachments: tuple[Attachment, ...]
    workbook: Workbook | None
    removed: Finder | None
    own_words: tuple[str, ...]
    text_ids_in_drawings: frozenset[int]

    @property
    def speaks_for_all(self) -> bool:
        """Say whether what the document leaves out is reported with it: it is in the first language, and no names were taken out."""
        return self.language == self.request.languages[0] and self.edition != "redacted"

    @functools.cached_property
    def printed(self) -> Printed:
        """Return what the document prints. It is a selection where its kind chooses facts, or its request sections."""
        is_selection = bool(self.request.sections or self.request.without or self.kind.selects or self.kind.press)
        return Printed.of(self.root, self.assets, is_selection, self.text_ids_in_drawings | self.writer.printed)

    @property
    def drawings_shown(self) -> dict[str, Drawing]:
        """Return the drawings that the document prints."""
        sources = {image.get("src") for image in self.root.iter("img")}
        return {source: drawing for source, drawing in self.drawings.items() if source in sources}

    def origin(self, element: ET.Element) -> Location:
        """Return the template that wrote an element."""
        return Location(self.origins.get(element, self.template))

    def error(self, element: ET.Element, code: str, message: str, hint: str | None = None) -> Problem:
        """Return an error at the template that wrote an element."""
        return Problem(Severity.ERROR, code, message, self.origin(element), hint)

    def place_in_requests(self, *steps: str) -> Location | None:
        """Return where documents.yaml asks for the document."""
        place: tuple[str | int, ...]
        index = next((n for n, one in enumerate(self.dossier.documents) if one.id == self.request.id), None)
        place = () if index is None else ("documents", index, *steps)
        return self.dossier.locate("documents.yaml", *place)
