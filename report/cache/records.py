"""Artifacts and problems as JSON, and back."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from report.values import Artifact, Location, Problem, Severity
from report.values.problems import PageArea


def dump(artifacts: list[Artifact], problems: list[Problem]) -> bytes:
    """Return artifacts and problems as JSON."""
    made = [
        {
            "path": str(a.path),
            "format": a.format,
            "sha256": a.sha256,
            "pages": a.pages,
            "problems": [problem_record(p) for p in a.problems],
            "anchors": dict(a.anchors),
        }
        for a in artifacts
    ]
    return json.dumps({"made": made, "problems": [problem_record(p) for p in problems]}).encode()


def load(content: bytes) -> tuple[list[Artifact], list[Problem]] | None:
    """Return artifacts and problems from JSON, or None for JSON that `dump` has not written."""
    try:
        data = json.loads(content)
        artifacts = [
            Artifact(**{**a, "path": Path(a["path"]), "problems": tuple(map(problem, a["problems"]))})
            for a in data["made"]
        ]
        return artifacts, [problem(p) for p in data["problems"]]
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
