"""Find and read profiles: a workspace's own shadow the bundled ones."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from report.model import faults
from report.profiles import mistakes
from report.profiles.profile import Profile
from report.source import SourceFile, read
from report.values import ReportError, Severity, UsageError
from report.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Known:
    """A profile with its name and its file."""

    id: str
    profile: Profile
    file: SourceFile


def names(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of all profiles."""
    return tuple(sorted({path.stem for root in workspace.profile_roots for path in root.glob("*.yaml")}))


def load(workspace: Workspace, name: str) -> Known:
    """Read a profile; raise `UsageError` for one that is not there, `ReportError` with every mistake in one that is."""
    for root in workspace.profile_roots:
        path = root / f"{name}.yaml"
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            return Known(name, *_read(path, path.stat().st_mtime_ns))
    hint = faults.nearest(name, names(workspace), "there are")
    raise UsageError.of("profile.unknown", f"there is no profile '{name}'", hint=hint)


@functools.lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> tuple[Profile, SourceFile]:
    file = read(path)
    languages = file.data.get("languages") if isinstance(file.data, dict) else None
    plain = languages[0] if isinstance(languages, list) and languages else "en"
    try:
        profile = Profile.model_validate(file.data, context={"plain": plain})
    except ValidationError as error:
        raise ReportError(faults.problems(error, file, Profile)) from None
    problems = [*file.problems, *faults.strangers(file, Profile), *mistakes.check(profile, file)]
    if problems:
        raise ReportError(dataclasses.replace(p, severity=Severity.ERROR) for p in problems)
    return profile, file
