"""The facts of an organisation, with what its documents leave to their kinds filled in."""

from __future__ import annotations

import dataclasses

from report.model.dossier import Dossier
from report.model.loading.load import Loaded, load
from report.requests import document_requests
from report.source import DISK, Sources
from report.values import Job, ReportError
from report.workspace import Workspace


def facts(workspace: Workspace, organisation: str, sources: Sources = DISK) -> Loaded:
    """Load an organisation; each of its documents says which editions and which layout it is made in."""
    return completed(workspace, load(workspace, organisation, sources=sources))


def completed(workspace: Workspace, loaded: Loaded) -> Loaded:
    """Return facts that were loaded, with what their documents leave to their kinds."""
    if loaded.dossier is None:
        return loaded
    return dataclasses.replace(loaded, dossier=document_requests.completed(workspace, loaded.dossier))


def of_job(workspace: Workspace, job: Job) -> Dossier:
    """Load the facts of a job that were checked before, in this process or another."""
    dossier = facts(workspace, job.organisation).dossier
    if dossier is None:
        raise changed(job)
    return dossier


def changed(job: Job) -> ReportError:
    """Return what is told where the facts are no longer those of which a job was planned."""
    message = f"the facts of {job.organisation} changed during the run"
    return ReportError.of("facts.changed", message, hint="run the command again")
