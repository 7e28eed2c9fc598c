"""A folder of data files becomes a `Dossier`, or all of its mistakes at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from report.model.action import Actions
from report.model.activity import Activities, Results
from report.model.affiliation import Affiliations
from report.model.codes import LANGUAGE
from report.model.document import Documents
from report.model.dossier import Dossier
from report.model.finance import Donations, Finance
from report.model.loading import assembly, partial, references, validation
from report.model.network import Networks
from report.model.objective import Objectives
from report.model.organisation import Organisation
from report.model.person import People
from report.model.programme import Programmes
from report.model.project import Projects
from report.model.story import Stories
from report.model.suggestions import Hinter, nearest
from report.model.year import Year
from report.source import DISK, SourceFile, Sources
from report.source.caching import cached_while_unchanged
from report.values import Location, Problem, ReportError, Severity, UsageError
from report.workspace import Workspace

SHARED: Mapping[str, type[BaseModel]] = {"networks.yaml": Networks}
"""Data files beside the organisations' folders."""

OWN: Mapping[str, type[BaseModel]] = {
    "organisation.yaml": Organisation,
    "affiliations.yaml": Affiliations,
    "objectives.yaml": Objectives,
    "documents.yaml": Documents,
    "people.yaml": People,
    "programmes.yaml": Programmes,
    "projects.yaml": Projects,
    "actions.yaml": Actions,
}
"""Data files of an organisation; only organisation.yaml must be there."""

YEARLY: Mapping[str, type[BaseModel]] = {
    "year.yaml": Year,
    "activities.yaml": Activities,
    "results.yaml": Results,
    "finance.yaml": Finance,
    "donations.yaml": Donations,
    "stories.yaml": Stories,
}
"""Data files of one reporting year, in the folder named for it; only year.yaml must be there."""


_NEEDED = ("organisation.yaml", "year.yaml")
_YEAR = re.compile(r"(19|20|21)\d\d")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A dossier, unless an error is in the facts of all documents, and all that is wrong with the files."""

    dossier: Dossier | None
    problems: tuple[Problem, ...]
    files: Mapping[str, SourceFile]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The data files of an organisation by name, the model of each, and those that cannot be read (`unread`)."""

    files: Mapping[str, SourceFile]
    models: Mapping[str, type[BaseModel]]
    problems: Sequence[Problem]
    unread: Sequence[str]
    file_of: Mapping[Problem, str] = field(default_factory=dict)
    """The name of the file that a problem is in, where it is in one."""

    def first_language(self) -> str:
        """Return the organisation's first language, in which its plain texts are."""
        return _first_language(self.files.get("organisation.yaml"))


def load(
    workspace: Workspace, organisation: str, only: Collection[int] | None = None, sources: Sources = DISK
) -> Loaded:
    """Load an organisation's facts, of its years `only` these; raise `UsageError` where there is no such organisation."""
    return assemble(organisation, gather(workspace, organisation, only, sources))


def gather(
    workspace: Workspace, organisation: str, only: Collection[int] | None = None, sources: Sources = DISK
) -> Gathered:
    """Read an organisation's data files without validating them; raise `UsageError` where there is no such organisation."""
    folder = _folder(workspace, organisation)
    problems: list[Problem] = []
    files: dict[str, SourceFile] = {}
    models: dict[str, type[BaseModel]] = {}
    unread: list[str] = []
    file_of: dict[Problem, str] = {}
    for base, prefix, names in _folders(workspace, folder):
        if prefix and only is not None and int(base.name) not in only:
            continue
        problems += _unknown_shared_files(base) if names is SHARED else _unknown_files(base, names)
        for name, model in names.items():
            if name in _NEEDED or sources.exists(base / name):
                try:
                    workspace.require_inside(base / name)
                    files[prefix + name] = (sources.read_shared if names is SHARED else sources.read)(base / name)
                    models[prefix + name] = model
                    problems += files[prefix + name].problems
                except ReportError as error:
                    problems += error.problems
                    file_of |= dict.fromkeys(error.problems, prefix + name)
                    unread.append(prefix + name)
    file_of |= {problem: name for name, file in files.items() for problem in file.problems}
    return Gathered(files, models, problems, unread, file_of)


def assemble(organisation: str, gathered: Gathered, folder: str | None = None, hinter: Hinter | None = None) -> Loaded:
    """Validate data files and make the dossier of an organisation whose pictures and forms are in `folder`.

    The result of each file is cached with it: rows of a table share most files of their base, and a `hinter`.
    """
    hinter = hinter or Hinter()
    files, problems, file_of = gathered.files, list(gathered.problems), dict(gathered.file_of)
    own = gathered.first_language()
    values: dict[str, BaseModel | None] = {}
    for name, model in gathered.models.items():
        plain = _first_language(files[name]) if name in SHARED else own
        values[name], mistakes = _validated(files[name], model, plain, hinter, _currency(files, name))
        problems += mistakes
        file_of |= dict.fromkeys(mistakes, name)
    unknown = (problem for problem in problems if problem.code == "data.unknown" and problem in file_of)
    # the ids of a list whose name is misspelt are known to nobody
    misspelt = {file_of[p] for p in unknown if p.location and "." not in (p.location.key or "")}
    names = {file.path: name for name, file in files.items()}
    for problem in references.check(files, [*gathered.unread, *misspelt], hinter):
        problems.append(problem)
        if problem.location and problem.location.path in names:
            file_of[problem] = names[problem.location.path]
    usable = partial.partial_facts(files, values, problems, own, file_of)
    dossier = usable and assembly.dossier(organisation, folder or organisation, *usable)
    return Loaded(dossier, tuple(problems), files)


def model_of(name: str) -> type[BaseModel]:
    """Return the model of a data file by its name: ``organisation.yaml``, ``2026/finance.yaml``."""
    year, _, file = name.rpartition("/")
    return (YEARLY if year else OWN)[file]


def years(workspace: Workspace, organisation: str) -> tuple[int, ...]:
    """Return the years that an organisation has facts of; raise `UsageError` where there is no such organisation."""
    return tuple(int(folder.name) for folder in _years(_folder(workspace, organisation)))


def _folder(workspace: Workspace, organisation: str) -> Path:
    folder = workspace.data / organisation
    if not _is_folder_of(workspace, folder):
        hint = nearest(organisation, (*workspace.organisations(), *workspace.bases()))
        hint = hint or f"make a folder {organisation} in it, with an organisation.yaml"
        message = f"there is no organisation '{organisation}' in {workspace.data}"
        raise UsageError.of("organisation.unknown", message, hint=hint)
    return folder


def _years(folder: Path) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if _YEAR.fullmatch(p.name) and p.is_dir() and any(p.glob("*.y*ml")))
    except OSError:  # reported by `_unknown_files`
        return []


def _folders(workspace: Workspace, folder: Path) -> Iterator[tuple[Path, str, Mapping[str, type[BaseModel]]]]:
    """Yield each folder that facts are read from, what its files are called before their names, and their models."""
    yield workspace.data, "", SHARED
    yield folder, "", OWN
    for year in _years(folder):
        yield year, f"{year.name}/", YEARLY


def _is_folder_of(workspace: Workspace, folder: Path) -> bool:
    try:
        return folder.name not in ("", ".", "..") and folder.parent == workspace.data and folder.is_dir()
    except OSError:  # a name that no file system takes
        return False


def _validated(
    file: SourceFile, model: type[BaseModel], plain: str, hinter: Hinter, currency: Any
) -> tuple[BaseModel | None, list[Problem]]:
    """Return the facts of a file, None where an error stands in their way, and what is wrong with them."""
    if (result := file.memo.get((model, plain, currency))) is None:
        mistakes, facts = validation.unknown_keys(file, model), None
        try:
            facts = model.model_validate(file.data, context={"plain": plain})
        except ValidationError as error:
            mistakes += validation.problems(error, file, model, hinter, currency)
        result = file.memo[model, plain, currency] = facts, mistakes
    return result


def _currency(files: Mapping[str, SourceFile], name: str) -> str | None:
    """Return the currency of a data file's year; None where it is of no year, or year.yaml has no text there."""
    file = files.get(f"{name.rpartition('/')[0]}/year.yaml")
    currency = file.data.get("currency") if file and isinstance(file.data, dict) else None
    return currency if isinstance(currency, str) else None


def _first_language(file: SourceFile | None) -> str:
    languages = file.data.get("languages") if file and isinstance(file.data, dict) else None
    first = languages[0] if isinstance(languages, list) and languages else None
    return first if isinstance(first, str) and LANGUAGE.fullmatch(first) else "en"


def _unknown_files(folder: Path, known: Collection[str]) -> list[Problem]:
    """Return a warning for each data file that nothing reads: a slip in its name would lose its facts in silence."""
    try:
        unknown = [p for p in folder.iterdir() if p.name not in known and _looks_like_data(p, known) and p.is_file()]
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror}"
        return [Problem(Severity.ERROR, "file.unreadable", message, Location(folder))]
    hints = ((path, nearest(path.stem + ".yaml", known, "the data files are")) for path in sorted(unknown))
    message = "no file of this name is read"
    return [Problem(Severity.WARNING, "file.unknown", message, Location(path), hint) for path, hint in hints]


@cached_while_unchanged
def _unknown_shared_files(folder: Path) -> list[Problem]:
    return _unknown_files(folder, SHARED)


def _looks_like_data(path: Path, known: Collection[str]) -> bool:
    """Say whether a file is YAML, or has the name of a data file and another suffix: documents.yaml.txt."""
    return path.suffix in (".yaml", ".yml") or path.name.split(".")[0] in {name.split(".")[0] for name in known}
