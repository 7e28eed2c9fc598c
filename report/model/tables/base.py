"""A row over a base: the base's YAML with the row's values in it, each of which knows its cell."""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from report.model.loading.load import Gathered, Loaded, assemble, gather, model_of
from report.model.suggestions import Hinter
from report.model.tables.paths import FactPath, Key, Step
from report.model.text import LENGTHS
from report.source import SourceFile
from report.values import Location, Problem, ReportError, Severity
from report.workspace import Workspace

Steps = tuple[str | int, ...]
_SIGN = re.compile(r"[^\w\s]")
_PARTED = re.compile(r"\s*[,;\n]\s*")


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell gives: a fact's path, the text and the cell."""

    path: FactPath
    text: str
    where: Location


@dataclass(frozen=True, slots=True)
class Laid:
    """One row: the organisation's id, its values, and what is wrong with its cells. It may be sent to another process."""

    id: str
    values: tuple[Value, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def form(self) -> tuple[object, ...]:
        """Return what rows have in common that give the same facts, with the same signs in them and letters of the same kind."""
        return tuple((value.path, frozenset(_SIGN.findall(value.text)), value.text.isascii()) for value in self.values)


@dataclass(frozen=True)
class LaidFile(SourceFile):
    """A data file of the base with values of a row in it."""

    cells: Mapping[Steps, Location] = field(default_factory=dict)
    """The cells of values, by their steps; for what the row alone made, the first cell that did."""
    base: SourceFile | None = None

    @cached_property
    def lines(self) -> list[str]:
        return self.base.lines if self.base else super().lines

    def locate(self, steps: Sequence[str | int], *, key: bool = False) -> Location:
        """Return the cell that a value or what encloses it comes from, or its place in the base."""
        dotted = ".".join(str(step) for step in steps) or None
        for length in range(len(steps), -1, -1):
            if where := self.cells.get(tuple(steps[:length])):
                return dataclasses.replace(where, key=dotted)
        return super().locate(steps, key=key)

    def within(self, steps: Sequence[str | int], text: str, offset: int) -> Location:
        """Return the cell that a text comes from, or where its character at `offset` stands in the base."""
        where = self.locate(steps)
        return super().within(steps, text, offset) if where.path == self.path else where

    def to_translate(self, steps: Sequence[str | int], spoken: str, language: str) -> str:
        """Return what to add so that a text is there in another language: a column, where it comes from a cell."""
        if self.locate(steps).path == self.path:
            return super().to_translate(steps, spoken, language)
        name, held = self.path.stem, self.data
        for step in steps:
            match held, step:
                case dict(), _ if step in held:
                    held = held[step]
                case list(), int():
                    held = held[step]
                case _:
                    break  # the length of a text that has only one
            name = f"{name}[{step}]" if isinstance(step, int) else f"{name}.{step}"
        return f"add a column {name}.{language}"

    def folded(self, steps: Sequence[str | int]) -> list[str]:
        """Return the lines of a text of the base that YAML joins; a cell's stay."""
        return super().folded(steps) if self.locate(steps).path == self.path else []


class Base:
    """The organisation that rows are laid over, read once for all of them."""

    def __init__(self, workspace: Workspace, name: str):
        self.name = name
        self._workspace = workspace
        self._gathered = gather(workspace, name)
        self._hinter = Hinter()

    def __reduce__(self) -> tuple[type[Base], tuple[Workspace, str]]:
        """Be read anew in another process."""
        return type(self), (self._workspace, self.name)

    def country(self) -> str | None:
        """Return the base's own country."""
        file = self._gathered.files.get("organisation.yaml")
        return file.data.get("country") if file and isinstance(file.data, dict) else None

    def has(self, name: str) -> bool:
        """Say whether the base has a data file of that name."""
        return name in self._gathered.files

    def language(self) -> str:
        """Return the base's first language, in which its plain texts are."""
        return self._gathered.first_language()

    def load(self, row: Laid) -> Loaded:
        """Load the organisation of a row: what is wrong with it is at its cells, what is wrong with the base in its YAML."""
        files, models = dict(self._gathered.files), dict(self._gathered.models)
        by_file: dict[str, list[Value]] = {}
        for value in row.values:
            by_file.setdefault(value.path.file, []).append(value)
        problems, of = [*self._gathered.problems, *row.problems], dict(self._gathered.file_of)
        for name, values in by_file.items():
            if name in self._gathered.unread:
                continue
            overlay = self._overlaid(name, values)
            files[name], models[name] = overlay.file(), model_of(name)
            told = overlay.told()
            problems += told
            of |= dict.fromkeys(told, name)
        return assemble(row.id, Gathered(files, models, problems, self._gathered.unread, of), self.name, self._hinter)

    def plain(self, row: Laid, name: str) -> Any:
        """Return what a data file says with a row's values in it, not yet checked; None where neither has it.

        Raise `ReportError` where the base's file cannot be read.
        """
        if name in self._gathered.unread:
            raise ReportError(p for p in self._gathered.problems if p.severity is Severity.ERROR)
        values = [value for value in row.values if value.path.file == name]
        if values:
            return self._overlaid(name, values).data
        file = self._gathered.files.get(name)
        return file.data if file else None

    def _overlaid(self, name: str, values: Sequence[Value]) -> _Overlay:
        overlay = _Overlay(self._gathered.files.get(name) or self._new(name, values[0].where), self.language())
        for value in values:
            overlay.lay(value)
        return overlay

    def _new(self, name: str, where: Location) -> SourceFile:
        """Return a data file that the base does not have: it begins at the cell that makes it."""
        node = yaml.MappingNode("tag:yaml.org,2002:map", [], yaml.Mark("", 0, 0, 0, "", 0), None)
        return LaidFile(self._workspace.data / self.name / name, "", node, {}, cells={(): where})


class _Overlay:
    """One file of the base while values are laid over it. The base's own data are copied where they change."""

    def __init__(self, base: SourceFile, language: str):
        self.base, self.language = base, language
        self.data: Any = dict(base.data) if isinstance(base.data, dict) else {}
        self.cells: dict[Steps, Location] = dict(base.cells) if isinstance(base, LaidFile) else {}
        self.texts: dict[Steps, Value] = {}
        """Texts that got a language from the row, with the first value that gave one."""
        self.problems: list[Problem] = []
        self.grown: dict[tuple[Steps, int], int] = {}
        """Where records without an id were added to a list, by the number that the path gives them."""
        self.own: set[Steps] = {()}
        """The records and lists that are the row's own: copied from the base, or made, so that they may change."""
        self.named: dict[tuple[Steps, str], dict[Any, list[int]]] = {}
        """The places of a list's records by what a field of theirs says."""

    def lay(self, value: Value) -> None:
        """Put a value in its place, making the records and lists around it."""
        at: Steps = ()
        holder: Any = self.data
        for step, following in zip(value.path.steps, (*value.path.steps[1:], None), strict=True):
            place = self._place(holder, step, at, value.where)
            at = (*at, place)
            if following is None:
                self._set(holder, place, at, value)
                if value.path.holds == "language":
                    self.texts.setdefault(at[:-1], value)
                return
            translated = value.path.holds == "language" and len(at) == len(value.path.steps) - 1
            there = holder[place] if isinstance(place, int) else holder.get(place)
            inner = self._opened(there, following, translated, at in self.own)
            if inner is None:
                inner = [] if isinstance(following, int | Key) else {}
                self.cells.setdefault(at, value.where)
            self.own.add(at)
            holder[place] = inner
            holder = inner

    def _set(self, holder: Any, place: str | int, at: Steps, value: Value) -> None:
        """Put a value where its path ends."""
        if (named := self.named.get((at[:-2], str(place)))) is not None:  # the record goes by another name now
            if isinstance(before := holder.get(place), str):
                named[before].remove(int(at[-2]))
            bisect.insort(named.setdefault(value.text, []), int(at[-2]))
        holder[place] = [p for p in _PARTED.split(value.text) if p] if value.path.holds == "list" else value.text
        self.cells[at] = value.where

    def _place(self, holder: Any, step: Step, at: Steps, where: Location) -> str | int:
        """Return the key or index of a step; a list grows by the record that is not there yet."""
        if isinstance(step, str):
            return step
        if isinstance(step, Key):
            found = self._named(holder, step, at, where)
            if found is not None:
                return found
        elif step < len(holder) or (at, step) in self.grown:
            return self.grown.get((at, step), step)
        else:
            self.grown[at, step] = len(holder)
        if isinstance(step, Key):
            holder.append(dict.fromkeys(step.fields, step.value))
            for name in step.fields:
                self._places(holder, at, name).setdefault(step.value, []).append(len(holder) - 1)
        else:
            holder.append(None)
        self.cells.setdefault((*at, len(holder) - 1), where)
        return len(holder) - 1

    def _named(self, holder: list[Any], key: Key, at: Steps, where: Location) -> int | None:
        """Return the record that a key names: by its id, or by its network, if only one has that network."""
        for name in key.fields:
            found = self._places(holder, at, name).get(key.value, ())
            if len(found) > 1:
                message = f"'{key.value}' is the {name} of {len(found)} records of the base"
                hint = f"name one by its id: {', '.join(str(holder[n].get(key.fields[0])) for n in found)}"
                self.problems.append(Problem(Severity.ERROR, "table.ambiguous", message, where, hint))
            if found:
                return found[0]
        return None

    def _places(self, holder: list[Any], at: Steps, name: str) -> dict[Any, list[int]]:
        """Return the places of the records in a list by what their field `name` says."""
        found = self.named.get((at, name))
        if found is None:
            found = self.named[at, name] = {}
            for number, item in enumerate(holder):
                if isinstance(item, dict) and isinstance(said := item.get(name), str):
                    found.setdefault(said, []).append(number)
        return found

    def _opened(self, value: Any, following: Step, translated: bool, own: bool) -> Any:
        """Return what is there, copied unless it is the row's own, if the next step fits into it; None where it must be made anew."""
        if isinstance(following, int | Key):
            return (value if own else list(value)) if isinstance(value, list) else None
        if isinstance(value, str) and translated:
            return {self.language: value}
        if not isinstance(value, dict):
            return None
        lengths = bool(set(value) & set(LENGTHS))
        if (translated and lengths) or (following in LENGTHS and value and not lengths):
            return None  # a text of one length in place of one of several, or the other way round
        return value if own else dict(value)

    def told(self) -> list[Problem]:
        """Return what is wrong, and a warning for each text that has some languages of the row and others of the base."""
        found = list(dict.fromkeys(self.problems))
        for at, value in self.texts.items():
            held: Any = self.data
            for step in at:
                held = held[step]
            left = [name for name in held if name != "original" and (*at, name) not in self.cells]
            if left:
                message = (
                    f"the row gives this text in other languages than {', '.join(left)}, where the base's own stays"
                )
                hint = f"write it in a column {value.path.name.rpartition('.')[0]}.{left[0]} too, or remove it from the base"
                found.append(Problem(Severity.WARNING, "table.mixed", message, value.where, hint))
        return found

    def file(self) -> LaidFile:
        base, empty = self.base, tuple(steps for steps in self.base.empty if steps not in self.cells)
        told = base.problems
        return LaidFile(
            base.path, base.text, base.node, self.data, told, empty, keys=base.keys, cells=self.cells, base=base
        )
