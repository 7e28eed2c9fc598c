"""An outcome as JSON, and back."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from report.values import Artifact, Location, Outcome, Problem, Severity
from report.values.problems import PageArea


def dump(outcome: Outcome) -> bytes:
    """Return an outcome as JSON."""
    artifacts = [
        {"path": str(a.path), "format": a.format, "sha256": a.sha256, "pages": a.pages, "anchors": dict(a.anchors)}
        for a in outcome.artifacts
    ]
    return json.dumps({"artifacts": artifacts, "problems": [problem_record(p) for p in outcome.problems]}).encode()


def load(content: bytes) -> Outcome | None:
    """Return the outcome of JSON, or None for JSON that `dump` has not written."""
    try:
        read = json.loads(content)
        artifacts = tuple(
            Artifact(Path(a["path"]), a["format"], a["sha256"], a["pages"], a["anchors"]) for a in read["artifacts"]
        )
        return Outcome(artifacts, tuple(map(problem, read["problems"])))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def problem_record(problem: Problem) -> dict[str, Any]:
    """Return a problem as values for JSON."""
    record = dataclasses.asdict(problem)
    if problem.location:
        record["location"]["path"] = str(problem.location.path)
    return record


def problem(record: dict[str, Any]) -> Problem:
    """Return the problem of a record; raise `KeyError` or `TypeError` for anything else."""
    location = record["location"]
    if location:
        area = PageArea(*location["area"]) if location.get("area") else None
        location = Location(**{**location, "path": Path(location["path"]), "area": area})
    return Problem(**{**record, "severity": Severity(record["severity"]), "location": location})
