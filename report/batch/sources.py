"""Where an organisation's facts come from: its folder below data/, or a row of a table on top of a base."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report.cache import fingerprint
from report.values import Problem
from report.workspace import Workspace

if TYPE_CHECKING:  # unchanged documents are skipped before anything is imported that parses
    from report.model.tables import Base, Laid, Organisations
    from report.pipeline import Checked


@dataclass(frozen=True, slots=True)
class Folder:
    """An organisation with its own folder."""

    id: str

    def fingerprint(self, workspace: Workspace, shared: str) -> str:
        """Return the fingerprint of its documents' inputs; `shared` is that of the inputs that all organisations share."""
        return fingerprint.organisation(workspace, self.id, shared)

    def plain(self, workspace: Workspace, file: str) -> Any:
        """Return the unchecked data of a file, None where there is none; raise `ReportError` if it cannot be read."""
        from report.source import read

        path = self.path(workspace, file)
        return read(path).data if path.exists() or path.is_symlink() else None

    def path(self, workspace: Workspace, file: str) -> Path:
        """Return where a data file is, or would be."""
        return workspace.data / self.id / file

    def check(self, workspace: Workspace) -> Checked:
        """Load the facts and find every problem of them."""
        from report import pipeline

        return pipeline.check(workspace, self.id, templates=False)


@dataclass(frozen=True, slots=True)
class TableRow:
    """An organisation that is a row of a table. `stamp` is the fingerprint of its base and of the shared inputs."""

    laid: Laid
    base: str
    stamp: str

    @property
    def id(self) -> str:
        return self.laid.id

    def fingerprint(self, workspace: Workspace, shared: str) -> str:
        """Return the fingerprint of the base and of this row's own cells, wherever in the table the row stands."""
        cells = [f"{v.path.file} {v.path.steps!r} {v.path.holds} {v.text}" for v in self.laid.values]
        cells += [f"{p.severity.value} {p.code} {p.message}" for p in self.laid.problems]
        return fingerprint.row(self.stamp, self.id, cells)

    def plain(self, workspace: Workspace, file: str) -> Any:
        """Return the data of a file of the base with the row's values in it."""
        return self._base(workspace).plain(self.laid, file)

    def path(self, workspace: Workspace, file: str) -> Path:
        """Return where the base has a data file, or would have it."""
        return workspace.data / self.base / file

    def check(self, workspace: Workspace) -> Checked:
        """Load the facts and find every problem of them; a problem in the base names the row."""
        from report import pipeline

        checked = pipeline.checked(workspace, self._base(workspace).load(self.laid), templates=False)
        folder = workspace.data / self.base

        def named(problems: Iterable[Problem]) -> Iterator[Problem]:
            for problem in problems:
                where = problem.location
                if where and not where.cell and where.path.is_relative_to(folder):
                    problem = dataclasses.replace(problem, message=f"{self.id}: {problem.message}")
                yield problem

        dossier = checked.dossier
        if dossier and dossier.unreadable:
            unreadable = {name: tuple(named(problems)) for name, problems in dossier.unreadable.items()}
            dossier = dataclasses.replace(dossier, unreadable=unreadable)
        requests = {name: frozenset(named(problems)) for name, problems in checked.requests.items()}
        return dataclasses.replace(checked, dossier=dossier, problems=tuple(named(checked.problems)), requests=requests)

    def _base(self, workspace: Workspace) -> Base:
        return _base(workspace, self.base, self.stamp)


Source = Folder | TableRow


@functools.lru_cache(maxsize=2)
def _base(workspace: Workspace, name: str, _stamp: str) -> Base:
    """Read a base once for all of its rows, in each process."""
    from report.model.tables import Base

    return Base(workspace, name)


def folders(workspace: Workspace) -> Mapping[str, Folder]:
    """Return the organisations below data/."""
    return {name: Folder(name) for name in workspace.organisations()}


def rows(workspace: Workspace, table: Organisations, shared: str) -> Mapping[str, TableRow]:
    """Return the organisations of a table, in the order of its rows."""
    stamp = fingerprint.organisation(workspace, table.base.name, shared)
    return {id_: TableRow(table.row(id_), table.base.name, stamp) for id_ in table.ids}


def table_problems(table: Organisations) -> list[Problem]:
    """Return the problems of a table as a whole: those of a row are reported where its documents are built."""
    of_rows = {problem for id_ in table.ids for problem in table.row(id_).problems}
    return [problem for problem in table.problems if problem not in of_rows]
