"""Where data, templates and output are. A workspace's own templates shadow the bundled ones."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from report.values import Location, ReportError

Made = TypeVar("Made")
NAMING = "{organisation}/{document}/{document}-{language}{edition}"
"""What files are called, where nothing else is asked for."""
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
"""What no file or folder is called on Windows, whatever its ending: names of devices."""
_PACKAGE = Path(__file__).resolve().parent


def bundled_templates() -> Path:
    """Return the templates that come with the program: beside the checkout, or inside the installed wheel."""
    checkout = _PACKAGE.parent / "templates"
    return checkout if (_PACKAGE.parent / "pyproject.toml").is_file() else _PACKAGE / "bundled" / "templates"


def bundled_profiles() -> Path:
    """Return the profiles that come with the program."""
    checkout = _PACKAGE.parent / "data" / "profiles"
    return checkout if (_PACKAGE.parent / "pyproject.toml").is_file() else _PACKAGE / "bundled" / "profiles"


def contained(folder: Path, name: str | Path) -> Path | None:
    """Return the file of that name in a folder, with links followed; None where there is none, or it leads out of the folder.

    Whatever a library opens by a name that stands in a file is found here first.
    """
    try:
        found = (folder / name).resolve()
        return found if found.is_relative_to(folder.resolve()) and found.is_file() else None
    except (OSError, RuntimeError, ValueError):  # a link to itself, a name that no file system takes
        return None


def template_in(root: Path, relative: str) -> Path | None:
    """Return the file or folder of that name in a folder of templates, or None where there is none.

    Raise `ReportError` for a link that leads out of the folder.
    """
    found = root / relative
    if not found.exists():
        return None
    if found.resolve().is_relative_to(root.resolve()):
        return found
    if Path(os.path.normpath(found)).is_relative_to(root):
        hint = "replace the link with a copy of what it points to"
        raise ReportError.of("template.outside", "this link points outside the templates", Location(found), hint)
    return None


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with ``data/``, optionally ``templates/``, and ``output/``.

    `naming` is what a document's files are called below the output folder, without their endings.
    """

    root: Path
    output: Path
    kept: Path | None = None
    naming: str = NAMING

    @classmethod
    def at(cls, root: Path, output: Path | None = None) -> Workspace:
        """Open the workspace at `root`; raise `ReportError` where it has no ``data/`` folder."""
        root = root.resolve()
        if not (root / "data").is_dir():
            raise ReportError.of(
                "workspace.missing",
                f"there is no data folder in {root}",
                hint="run the command in the folder that holds data/, or name it with --workspace DIR",
            )
        made = cls(root, (output or root / "output").resolve())
        if any(made.output.is_relative_to(own) for own in (made.data, root / "templates")):
            message = "the output folder cannot be inside data/ or templates/"
            raise ReportError.of("output.place", message, Location(made.output), "choose another folder with -o DIR")
        return made

    def file(self, organisation: str, document: str, language: str, edition: str = "") -> Path:
        """Return where a document's files go, without their ending; `edition` is nothing for the one by default."""
        part = f"-{edition}" if edition else ""
        named = {"organisation": organisation, "document": document, "language": language, "edition": part}
        return self.output / self.naming.format_map(named)

    @property
    def cache(self) -> Path:
        """Return the folder of what was made before; it may be deleted at any time."""
        return self.kept or self.output / ".cache"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def template_roots(self) -> tuple[Path, ...]:
        """Return the folders that templates are looked for in, the first that has one wins."""
        own = self.root / "templates"
        bundled = bundled_templates()
        return (own, bundled) if own.is_dir() and own != bundled else (bundled,)

    @property
    def profile_roots(self) -> tuple[Path, ...]:
        """Return the folders that profiles are looked for in, the first that has one wins."""
        own, bundled = self.data / "profiles", bundled_profiles()
        return (own, bundled) if own.is_dir() and own != bundled else (bundled,)

    def template(self, relative: str) -> Path | None:
        """Return the file or folder of a template, or None where no root has it.

        Raise `ReportError` for a link that leads out of the folder.
        """
        return self.once(("template", relative), lambda: self._template(relative))

    def _template(self, relative: str) -> Path | None:
        return next((found for root in self.template_roots if (found := template_in(root, relative))), None)

    def require_inside(self, path: Path) -> None:
        """Raise `ReportError` for a data file that is a link out of the workspace, or in a folder that is one."""
        try:
            found, data = path.resolve(), self.data.resolve()
        except (OSError, RuntimeError):  # a link to itself, which reading it tells
            return
        if not (found.is_relative_to(self.root) or found.is_relative_to(data)):
            hint = "replace the link with a copy of what it points to"
            raise ReportError.of("file.outside", "this link points outside the workspace", Location(path), hint)

    def once(self, what: object, make: Callable[[], Made]) -> Made:
        """Return what `make` makes of templates, which may change from one call to the next."""
        return make()

    def settled(self) -> SettledWorkspace:
        """Return this workspace for one command that looks at many organisations, during which no template comes or goes."""
        return SettledWorkspace(self.root, self.output, self.kept, self.naming)

    def organisations(self) -> tuple[str, ...]:
        """Return the names of the folders under ``data/`` that hold data files: each is an organisation's.

        A folder whose organisation.yaml is missing or a broken link counts, so that its problem is told. One that begins
        with an underline is no organisation by itself: rows of a table are laid over it.
        """
        return tuple(name for name in self._folders() if not name.startswith("_"))

    def bases(self) -> tuple[str, ...]:
        """Return the names of the folders that are no organisations by themselves."""
        return tuple(name for name in self._folders() if name.startswith("_"))

    def _folders(self) -> list[str]:
        try:
            folders = [p for p in self.data.iterdir() if p.is_dir() and p.name != "profiles" and p.name[0] != "."]
            return sorted(p.name for p in folders if any(p.glob("*.y*ml")))
        except OSError as error:
            raise ReportError.of(
                "file.unreadable", f"the folder cannot be read: {error.strerror}", Location(self.data)
            ) from None


@dataclass(frozen=True, slots=True)
class SettledWorkspace(Workspace):
    """A workspace that looks for each template, and reads each look, once."""

    found: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def settled(self) -> SettledWorkspace:
        """Return this very workspace, with what it has found."""
        return self

    def once(self, what: object, make: Callable[[], Made]) -> Made:
        """Return what `make` made of templates when it was first asked for."""
        if what not in self.found:
            self.found[what] = make()
        found: Made = self.found[what]
        return found
