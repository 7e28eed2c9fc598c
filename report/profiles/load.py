"""Find and read profiles: a workspace's own shadow the bundled ones."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

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

AnyProfile = Profile | FunderProfile | Printer
P = TypeVar("P", Profile, FunderProfile, Printer)


@dataclass(frozen=True, slots=True)
class _NamedProfile(Generic[P]):
    """A profile with its name, which may be that of a variant (``profile:variant``), and its file."""

    id: str
    profile: P
    file: SourceFile


class Regulator(_NamedProfile[Profile]):
    """A regulator's profile."""


class Funder(_NamedProfile[FunderProfile]):
    """A funder's profile, or a variant of it."""


@dataclass(frozen=True, slots=True)
class Shop(_NamedProfile[Printer]):
    """A printer's profile, and the ICC profile that it names."""

    icc: Path


def names(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of all profiles."""
    return tuple(sorted({path.stem for root in workspace.profile_roots for path in root.glob("*.yaml")}))


def choices(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of all profiles, each followed by its variants (``profile:variant``)."""
    listed: list[str] = []
    for name in names(workspace):
        listed.append(name)
        with contextlib.suppress(ReportError):  # reported where the profile is used
            profile, _ = _read(workspace, name)
            if isinstance(profile, FunderProfile):
                listed += [f"{name}:{one.id}" for one in profile.variants]
    return tuple(listed)


def kind(workspace: Workspace, name: str) -> str:
    """Return what kind a profile, or a variant of it, is: regulator, funder, printer; raise `ReportError` where it cannot be read."""
    return _read(workspace, name.partition(":")[0])[0].kind


def load(workspace: Workspace, name: str) -> Regulator:
    """Read a regulator's profile; raise `UsageError` for one that is not there, `ReportError` with every mistake in one that is."""
    profile, file = _read(workspace, name)
    if not isinstance(profile, Profile):
        message = f"'{name}' is a {profile.kind}'s profile, and has no requirements of a report"
        raise UsageError.of("profile.kind", message)
    return Regulator(name, profile, file)


def funder(workspace: Workspace, name: str) -> Funder:
    """Read a funder's profile, or the variant that is named ``profile:variant``; raise as `load` does."""
    base, _, chosen = name.partition(":")
    profile, file = _read(workspace, base)
    if not isinstance(profile, FunderProfile):
        raise UsageError.of("profile.kind", f"'{base}' is not a funder's profile", hint="its  kind:  would be funder")
    variants = [one.id for one in profile.variants]
    if chosen and chosen not in variants:
        hint = nearest(chosen, variants) or f"write {base}"
        raise UsageError.of("profile.variant", f"{base} has no variant '{chosen}'", hint=hint)
    return Funder(name, profile.variant(chosen) if chosen else profile, file)


def printer(workspace: Workspace, name: str) -> Shop:
    """Read a printer's profile; raise as `load` does, and where its ICC profile is not there."""
    profile, file = _read(workspace, name)
    if not isinstance(profile, Printer):
        raise UsageError.of("profile.kind", f"'{name}' is not a printer's profile", hint="its  kind:  would be printer")
    for root in workspace.profile_roots:
        path = root / "icc" / profile.condition.profile
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            return Shop(name, profile, file, path)
    known = sorted(path.name for root in workspace.profile_roots for path in (root / "icc").glob("*.icc"))
    hint = nearest(profile.condition.profile, known) or "put the file into data/profiles/icc/"
    message = f"there is no ICC profile {profile.condition.profile}"
    raise ReportError.of("profile.icc", message, file.locate(("condition", "profile")), hint)


def _read(workspace: Workspace, name: str) -> tuple[AnyProfile, SourceFile]:
    for root in workspace.profile_roots:
        path = root / f"{name}.yaml"
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            return _read_file(path, path.stat().st_mtime_ns)
    hint = nearest(name, names(workspace))
    raise UsageError.of("profile.unknown", f"there is no profile '{name}'", hint=hint)


@functools.lru_cache(maxsize=64)
def _read_file(path: Path, _modified: int) -> tuple[AnyProfile, SourceFile]:
    file = read(path)
    data = file.data if isinstance(file.data, dict) else {}
    languages = data.get("languages")
    plain = languages[0] if isinstance(languages, list) and languages else "en"
    model = _KINDS.get(data.get("kind"), _UnknownKind)
    try:
        profile = model.model_validate(file.data, context={"plain": plain})
    except ValidationError as error:
        raise ReportError(validation.problems(error, file, model)) from None
    problems = [*file.problems, *validation.unknown_keys(file, model), *mistakes.check(profile, file)]
    if problems:
        raise ReportError(dataclasses.replace(p, severity=Severity.ERROR) for p in problems)
    return profile, file


_KINDS: Mapping[Any, type[AnyProfile]] = {"regulator": Profile, "funder": FunderProfile, "printer": Printer}


class _UnknownKind(Profile):
    """A file with another `kind`: it is read as a regulator's, so that its other mistakes are reported too."""

    kind: Literal["regulator", "funder", "printer"]  # type: ignore[assignment]  # all kinds, for the message
