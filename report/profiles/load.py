"""Find and read profiles: a workspace's own shadow the bundled ones."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from report.model.loading import validation
from report.model.suggestions import nearest
from report.profiles import mistakes
from report.profiles.funder import FunderProfile
from report.profiles.printer import Printer
from report.profiles.profile import Profile
from report.source import SourceFile, read
from report.values import ReportError, Severity, UsageError
from report.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Known:
    """A regulator's profile with its name and its file."""

    id: str
    profile: Profile
    file: SourceFile


@dataclass(frozen=True, slots=True)
class Funder:
    """A funder's profile with its name, which may be that of a variant (``profile:variant``), and its file."""

    id: str
    profile: FunderProfile
    file: SourceFile


@dataclass(frozen=True, slots=True)
class Shop:
    """A printer's profile with its name, its file, and the ICC profile that it names."""

    id: str
    profile: Printer
    file: SourceFile
    icc: Path


Anyone = Profile | FunderProfile | Printer
"""A profile of any kind."""


def names(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of all profiles."""
    return tuple(sorted({path.stem for root in workspace.profile_roots for path in root.glob("*.yaml")}))


def choices(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of all profiles, each followed by its variants (``profile:variant``)."""
    found: list[str] = []
    for name in names(workspace):
        found.append(name)
        with contextlib.suppress(ReportError):  # told where the profile is used
            profile, _ = _found(workspace, name)
            if isinstance(profile, FunderProfile):
                found += [f"{name}:{one.id}" for one in profile.variants]
    return tuple(found)


def is_funder(workspace: Workspace, name: str) -> bool:
    """Say whether a profile, or a variant of it, is a funder's; raise `ReportError` where it cannot be read."""
    return isinstance(_found(workspace, name.partition(":")[0])[0], FunderProfile)


def is_regulator(workspace: Workspace, name: str) -> bool:
    """Say whether a profile is a regulator's; raise `ReportError` where it cannot be read."""
    return isinstance(_found(workspace, name.partition(":")[0])[0], Profile)


def load(workspace: Workspace, name: str) -> Known:
    """Read a regulator's profile; raise `UsageError` for one that is not there, `ReportError` with every mistake in one that is."""
    profile, file = _found(workspace, name)
    if not isinstance(profile, Profile):
        whose = "funder" if isinstance(profile, FunderProfile) else "printer"
        raise UsageError.of("profile.kind", f"'{name}' is a {whose}'s profile, and has no requirements of a report")
    return Known(name, profile, file)


def funder(workspace: Workspace, name: str) -> Funder:
    """Read a funder's profile, or the variant that is named ``profile:variant``; raise as `load` does."""
    base, _, chosen = name.partition(":")
    profile, file = _found(workspace, base)
    if not isinstance(profile, FunderProfile):
        raise UsageError.of("profile.kind", f"'{base}' is not a funder's profile", hint="its  kind:  would be funder")
    variants = [one.id for one in profile.variants]
    if chosen and chosen not in variants:
        hint = nearest(chosen, variants, "available:") or f"write {base}"
        raise UsageError.of("profile.variant", f"{base} has no variant '{chosen}'", hint=hint)
    return Funder(name, profile.variant(chosen) if chosen else profile, file)


def printer(workspace: Workspace, name: str) -> Shop:
    """Read a printer's profile; raise as `load` does, and where its ICC profile is not there."""
    profile, file = _found(workspace, name)
    if not isinstance(profile, Printer):
        raise UsageError.of("profile.kind", f"'{name}' is not a printer's profile", hint="its  kind:  would be printer")
    for root in workspace.profile_roots:
        path = root / "icc" / profile.condition.profile
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            return Shop(name, profile, file, path)
    known = sorted(path.name for root in workspace.profile_roots for path in (root / "icc").glob("*.icc"))
    hint = nearest(profile.condition.profile, known, "available:") or "put the file into data/profiles/icc/"
    message = f"there is no ICC profile {profile.condition.profile}"
    raise ReportError.of("profile.icc", message, file.locate(("condition", "profile")), hint)


def _found(workspace: Workspace, name: str) -> tuple[Anyone, SourceFile]:
    for root in workspace.profile_roots:
        path = root / f"{name}.yaml"
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            return _read(path, path.stat().st_mtime_ns)
    hint = nearest(name, names(workspace), "available:")
    raise UsageError.of("profile.unknown", f"there is no profile '{name}'", hint=hint)


@functools.lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> tuple[Anyone, SourceFile]:
    file = read(path)
    said = file.data if isinstance(file.data, dict) else {}
    languages = said.get("languages")
    plain = languages[0] if isinstance(languages, list) and languages else "en"
    model = _KINDS.get(said.get("kind"), _Kind)
    try:
        profile = model.model_validate(file.data, context={"plain": plain})
    except ValidationError as error:
        raise ReportError(validation.problems(error, file, model)) from None
    found = mistakes.check(profile, file)
    problems = [*file.problems, *validation.unknown_keys(file, model), *found]
    if problems:
        raise ReportError(dataclasses.replace(p, severity=Severity.ERROR) for p in problems)
    return profile, file


_KINDS: Mapping[Any, type[Anyone]] = {"regulator": Profile, "funder": FunderProfile, "printer": Printer}


class _Kind(Profile):
    """A file whose `kind` is none that there is: it is read as a regulator's, so that its other mistakes are told too."""

    kind: Literal["regulator", "funder", "printer"]  # type: ignore[assignment]
