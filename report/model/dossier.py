"""Every fact of one organisation, frozen, and the way back from a fact to its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from report.model.affiliation import Affiliation
from report.model.base import Source
from report.model.document import DocumentRequest
from report.model.network import Network
from report.model.objective import Objective
from report.model.organisation import Institution, Organisation
from report.source import SourceFile
from report.values import Location


@dataclass(frozen=True)
class Dossier:
    """The facts of one organisation and of what it refers to.

    `files` are the data files by name, for locating a fact; `networks` and `institutions` hold only what the
    organisation's own facts refer to.
    """

    id: str
    organisation: Organisation
    affiliations: tuple[Affiliation, ...]
    objectives: tuple[Objective, ...]
    documents: tuple[DocumentRequest, ...]
    networks: Mapping[str, Network]
    institutions: Mapping[str, Institution]
    sources: Mapping[str, Source]
    files: Mapping[str, SourceFile]

    def network_of(self, affiliation: Affiliation) -> Network:
        return self.networks[affiliation.network]

    def body(self, id_: str) -> Network | Institution:
        """Return the network or institution of that id."""
        return self.networks.get(id_) or self.institutions[id_]

    def locate(self, file: str, *steps: str | int) -> Location | None:
        """Return where the value at `steps` of a data file stands."""
        source = self.files.get(file)
        return source.locate(steps) if source else None
