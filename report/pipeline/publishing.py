"""Files appear whole, all of a job or none: made in a folder aside, and put in place at the end."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import tempfile
from pathlib import Path

from report import files
from report.values import Artifact, Location, ReportError

_ASIDE = ".building-"


def scratch(output: Path) -> tempfile.TemporaryDirectory[str]:
    """Make a folder beside the files to be, which is gone afterwards; raise `ReportError` where none can be made."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(prefix=_ASIDE + files.mark(), dir=output)
    except OSError as error:
        raise ReportError.of(
            "output.write", f"cannot be written to: {error.strerror}", Location(output), "choose another with -o DIR"
        ) from None


def sweep(output: Path, *, deep: bool = False) -> None:
    """Remove what processes that are gone left behind: here, in the folder's own folders where it is `deep`, and among the
    system's temporary files.
    """
    files.sweep_temporary()
    files.sweep(output, _ASIDE)
    for folder in {left.parent for left in output.rglob(f"{_ASIDE}*")} if deep else ():
        files.sweep(folder, _ASIDE)


def publish(artifacts: tuple[Artifact, ...], folder: Path, aside: Path) -> tuple[Artifact, ...]:
    """Put all files in place, or, where one cannot be, leave those that were there before."""
    done: list[tuple[Path, Path]] = []
    target = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for artifact in artifacts:
            target, before = folder / artifact.path.name, aside / f"before-{artifact.path.name}"
            if target.exists():
                shutil.copy2(target, before)
            done.append((target, before))
            os.replace(artifact.path, target)
    except BaseException as error:  # Ctrl-C too: all or none
        for changed, before in done:
            with contextlib.suppress(OSError):
                os.replace(before, changed) if before.exists() else changed.unlink()
        if not isinstance(error, OSError):
            raise
        message, hint = f"cannot be written: {error.strerror or error}", "is it open in another program?"
        raise ReportError.of("output.write", message, Location(target), hint) from None
    return tuple(dataclasses.replace(artifact, path=folder / artifact.path.name) for artifact in artifacts)
