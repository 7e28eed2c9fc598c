"""What was made, as JSON: artifacts with their problems, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from report.values import Artifact, Location, Problem, Severity


def dump(artifacts: list[Artifact], problems: list[Problem]) -> bytes:
    """Return artifacts and problems as JSON."""
    made = [
        {
            "path": str(a.path),
            "format": a.format,
            "sha256": a.sha256,
            "pages": a.pages,
            "problems": [told(p) for p in a.problems],
            "anchors": dict(a.anchors),
        }
        for a in artifacts
    ]
    return json.dumps({"made": made, "problems": [told(p) for p in problems]}).encode()


def load(content: bytes) -> tuple[list[Artifact], list[Problem]] | None:
    """Return artifacts and problems of JSON, or None where it is none of ours."""
    try:
        read = json.loads(content)
        made = [
            Artifact(
                Path(a["path"]), a["format"], a["sha256"], a["pages"], tuple(map(problem, a["problems"])), a["anchors"]
            )
            for a in read["made"]
        ]
        return made, [problem(p) for p in read["problems"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def told(problem: Problem) -> dict[str, Any]:
    """Return a problem as it is written in JSON."""
    place = problem.location
    where = {"path": str(place.path), "line": place.line, "column": place.column, "key": place.key, "excerpt": place.excerpt, "cell": place.cell} if place else None  # fmt: skip
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
        "location": where,
        "hint": problem.hint,
    }


def problem(told: dict[str, Any]) -> Problem:
    """Return the problem of what was written in JSON; raise `KeyError` where it is none."""
    where = told["location"]
    place = (
        Location(Path(where["path"]), *(where[name] for name in ("line", "column", "key", "excerpt", "cell")))
        if where
        else None
    )
    return Problem(Severity(told["severity"]), told["code"], told["message"], place, told["hint"])
