"""The program as a library, for scripts: `report.open` opens a workspace. docs/api.md shows it at work."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from report import pipeline
from report.batch import pool
from report.values import Document, Job, Outcome, Problem, ReportError, Selection
from report.workspace import Workspace


class OpenWorkspace:
    """A workspace whose facts a script checks, and whose documents it builds."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def __repr__(self) -> str:
        return f"report.open({str(self._workspace.root)!r})"

    @property
    def organisations(self) -> tuple[str, ...]:
        """Return the names of the organisations: folders of ``data/``."""
        return self._workspace.organisations()

    def jobs(
        self,
        organisation: str,
        *documents: str,
        languages: Iterable[str] = (),
        formats: Iterable[str] = (),
        editions: Iterable[str] = (),
    ) -> tuple[Job, ...]:
        """Return what `build` would build: a job for each document in each language and edition.

        Raise `ReportError` as `build` does; documents that an error stops are left out.
        """
        return self._plan(organisation, documents, languages, formats, editions).jobs

    def check(self, organisation: str) -> tuple[Problem, ...]:
        """Return every problem of an organisation's facts, requests and templates; write nothing."""
        return pipeline.check(self._workspace, organisation).problems

    def compose(self, organisation: str, document: str, language: str, edition: str = "screen") -> Document:
        """Return a document as it would be written: its tree of elements, title and assets.

        Raise `ReportError` where an error stops it, `UsageError`, which is one, where it does not exist.
        """
        plan = self._plan(organisation, (document,), (language,), (), (edition,))
        if not plan.jobs:
            raise ReportError(plan.problems)
        return pipeline.prepare(self._workspace, plan.jobs[0], plan.dossier)

    def build(
        self,
        organisation: str,
        *documents: str,
        languages: Iterable[str] = (),
        formats: Iterable[str] = (),
        editions: Iterable[str] = (),
        force: bool = False,
        workers: int = 1,
    ) -> Outcome:
        """Build an organisation's documents, by default all of them; return the files, and the problems of facts and files.

        What is left empty is as documents.yaml has it. An error stops the documents that it concerns, and no others.
        With `force`, files are written even if nothing has changed. More than one of `workers` are processes: what calls
        this must then stand below ``if __name__ == "__main__":``.

        Raise `UsageError` for a document, language, format or edition that does not exist, and `MissingSystemLibrary`
        where this machine lacks what a format needs; both are a `ReportError`.
        """
        plan = self._plan(organisation, documents, languages, formats, editions)
        runner = pool.JobRunner(self._workspace, plan.dossier, force)
        outcomes = list(pool.build(runner, plan.jobs, workers))
        problems = (*plan.problems, *(problem for one in outcomes for problem in one.problems))
        return Outcome(tuple(file for one in outcomes for file in one.artifacts), tuple(dict.fromkeys(problems)))

    def _plan(
        self,
        organisation: str,
        documents: Iterable[str],
        languages: Iterable[str],
        formats: Iterable[str],
        editions: Iterable[str],
    ) -> pipeline.Plan:
        selection = Selection(tuple(documents), tuple(languages), tuple(formats), tuple(editions))
        return pipeline.plan(self._workspace, (organisation,), selection)


def open_workspace(path: str | PathLike[str], output: str | PathLike[str] | None) -> OpenWorkspace:
    """Open the workspace at `path`, with another `output` folder if there is one."""
    return OpenWorkspace(Workspace.at(Path(path), None if output is None else Path(output)))
