"""Changes of an organisation's facts by people who do not see YAML: tried, kept as drafts where they are wrong, saved, undone."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report.editing.journal import Journal, Step, journal_of
from report.editing.opened import OpenFile, text_of
from report.model.loading.load import SHARED
from report.pipeline.loading import facts
from report.source import Unsaved
from report.source.patch import Address, Change, Conflict, Insert, Move, Remove, Set, merge, patched, write_address
from report.source.patch.data import MISSING
from report.source.yamlfile import parse
from report.values import Location, Problem, ReportError, Severity
from report.workspace import Workspace

TYPING = 3.0
"""Seconds within which changes of one value are one step."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A change that is kept and not written: what is wrong with it. In a `conflict` another program changed the same value to `theirs`."""

    file: str
    change: Change
    problems: tuple[Problem, ...] = ()
    conflict: bool = False
    theirs: Any = None


class Editor:
    """The facts of one organisation while they are edited. It is used by one thread at a time.

    Nothing is written before `save`. A change that would add an error to the facts becomes a draft; so does one of a value that another program
    changes at the same time, whose value stays.
    """

    def __init__(self, workspace: Workspace, organisation: str, clock: Callable[[], float] = time.time):
        self._workspace, self.organisation, self._clock = workspace, organisation, clock
        self._files: dict[str, OpenFile] = {}
        self._sources = Unsaved()
        self.drafts: dict[tuple[str, str], Draft] = {}
        """What is not written, by file and address."""
        self.broken: dict[str, ReportError] = {}
        """Files that another program made unreadable: nothing is written to them until they can be read again."""
        self.journal = Journal(journal_of(workspace, organisation))
        self._typing: tuple[Step, str] | None = None
        """The step that is not closed yet, and the text before it."""
        self._errors = self._errors_of({})

    @property
    def texts(self) -> Mapping[Path, str]:
        """Return the texts that are not saved yet, by their paths, as a preview takes them."""
        return {file.path: file.text for file in self._files.values() if file.is_changed}

    @property
    def is_saved(self) -> bool:
        """Say whether everything that is no draft is on the disk."""
        return not any(file.is_changed for file in self._files.values())

    def data(self, name: str) -> Any:
        """Return the plain values of a data file as they are now; None where it has none."""
        file = self._open(name)
        return parse(file.path, file.text).data if file.text.strip() else None

    def change(self, name: str, change: Change) -> Draft | None:
        """Make a change of a data file; return the draft that it became, and None where it is in the facts.

        Raise `ReportError` where there is no such value, or it cannot be changed alone.
        """
        self.look()
        file, key = self._open(name), (name, write_address(change.address))
        if name in self.broken:
            raise self.broken[name]
        text = patched(file.path, file.text, change)
        worse = self._worse({file.path: text})
        if not worse and name in SHARED and _may_break_others(change):
            worse = self._worse_for_others({file.path: text})
        if worse:
            draft = self.drafts[key] = Draft(name, change, worse)
            return draft
        self.drafts.pop(key, None)
        self._take(file, text, change.address)
        return None

    def discard(self, name: str, address: Address) -> None:
        """Forget a draft."""
        self.drafts.pop((name, write_address(address)), None)

    def keep_mine(self, name: str, address: Address) -> Draft | None:
        """Write the value of a conflict over the one that another program wrote; return the draft where it is still one."""
        draft = self.drafts.pop((name, write_address(address)))
        return self.change(name, draft.change)

    def save(self) -> tuple[str, ...]:
        """Write what is not saved yet, and return the names of the files; raise `ReportError` where one cannot be written.

        What other programs have written meanwhile is taken in first.
        """
        self.look()
        self._close()
        written = []
        for name, file in self._files.items():
            if file.is_changed and name not in self.broken:
                self._workspace.require_inside(file.path)
                file.save()
                written.append(name)
        return tuple(written)

    def look(self) -> tuple[str, ...]:
        """Take in what other programs have written since; return the names of the files that are others now."""
        changed = []
        for name, file in self._files.items():
            try:
                theirs = text_of(file.path) if name in self.broken else file.others_text()
                if theirs is not None:
                    self._take_in(file, theirs)
                    self.broken.pop(name, None)
                    changed.append(name)
            except ReportError as error:
                if name not in self.broken:
                    changed.append(name)
                self.broken[name] = error
        if changed:
            self._errors = self._errors_of({})
        return tuple(changed)

    def restore(self, name: str) -> None:
        """Put the last text that could be read in place of one that another program made unreadable."""
        file = self._files[name]
        self.broken.pop(name, None)
        file.save()

    def undo(self) -> Step | None:
        """Take the last step back; return it, and None where there is none. Raise `ReportError` where its place was changed since."""
        self._close()
        while self.journal.done:
            step = self.journal.done[-1]
            text = self._open(step.file).text
            before = step.undone(text)
            if before is None and step.redone(text) is not None:  # the process ended before it was saved
                self.journal.undo()
                continue
            self._put(step, before, "undone")
            return self.journal.undo()
        return None

    def redo(self) -> Step | None:
        """Make the last step again that was taken back; return it, and None where there is none."""
        if not self.journal.undone:
            return None
        step = self.journal.undone[-1]
        self._put(step, step.redone(self._open(step.file).text), "made again")
        return self.journal.redo()

    def _put(self, step: Step, text: str | None, what: str) -> None:
        file = self._open(step.file)
        if step.file in self.broken:
            raise self.broken[step.file]
        if text is None:
            message = f"this cannot be {what}: {step.address} was changed since"
            raise ReportError.of("edit.since", message, Location(file.path), "change the value itself")
        if worse := self._worse({file.path: text}):
            raise ReportError(worse)
        file.text = text
        self._errors = self._errors_of({})

    def _open(self, name: str) -> OpenFile:
        if name not in self._files:
            folder = self._workspace.data if name in SHARED else self._workspace.data / self.organisation
            self._workspace.require_inside(folder / name)
            self._files[name] = OpenFile.read(name, folder / name)
        return self._files[name]

    def _take(self, file: OpenFile, text: str, address: Address) -> None:
        """Let a file have another text, and note the step; typing goes on with the step before."""
        now, where = self._clock(), write_address(address)
        last = self._typing
        if last and (last[0].file, last[0].address) == (file.name, where) and now - last[0].time < TYPING:
            before = last[1]
        else:
            self._close()
            before = file.text
        file.text = text
        self._typing = (Step.between(now, file.name, where, before, text), before)
        self._errors = self._errors_of({})

    def _close(self) -> None:
        """End the step that is being typed."""
        if self._typing and self._typing[0].old != self._typing[0].new:
            self.journal.add(self._typing[0])
        self._typing = None

    def _take_in(self, file: OpenFile, theirs: str) -> None:
        """Join what another program wrote with what is not saved; raise `ReportError` where theirs cannot be read."""
        if theirs.strip():
            parse(file.path, theirs)
        if theirs == file.disk:
            return
        self._close()
        self.journal.add(Step.between(self._clock(), file.name, "", file.disk, theirs, outside=True))
        text, conflicts = _merged(file, theirs)
        file.disk, file.text = theirs, text
        for one in conflicts:
            change = Remove(one.address) if one.mine is MISSING else Set(one.address, one.mine)
            problems = (one.problem,) if one.problem else ()
            self.drafts[file.name, write_address(one.address)] = Draft(file.name, change, problems, True, one.theirs)

    def _worse(self, texts: Mapping[Path, str]) -> tuple[Problem, ...]:
        """Return the errors that the facts would have, and have not now."""
        after = self._errors_of(texts)
        before = Counter(map(_key, self._errors))
        new = []
        for problem in after:
            if before[_key(problem)]:
                before[_key(problem)] -= 1
            else:
                new.append(problem)
        return tuple(new)

    def _worse_for_others(self, texts: Mapping[Path, str]) -> tuple[Problem, ...]:
        """Return the errors that a change of what organisations share would bring to others."""
        new: list[Problem] = []
        for name in self._workspace.organisations():
            if name != self.organisation:
                before = {_key(problem) for problem in self._errors_of({}, name)}
                new += (problem for problem in self._errors_of(texts, name) if _key(problem) not in before)
        return tuple(dict.fromkeys(new))

    def _errors_of(self, texts: Mapping[Path, str], organisation: str | None = None) -> tuple[Problem, ...]:
        self._sources.take({**self.texts, **texts})
        loaded = facts(self._workspace, organisation or self.organisation, self._sources)
        return tuple(problem for problem in loaded.problems if problem.severity is Severity.ERROR)


def _may_break_others(change: Change) -> bool:
    """Say whether a change takes something away, or an id: words may change without anybody else."""
    return not isinstance(change, Insert | Move) and not (isinstance(change, Set) and isinstance(change.value, str) and change.address[-1:] != ("id",))  # fmt: skip


def _key(problem: Problem) -> tuple[str, str, str]:
    """Return what tells an error from another, wherever its line is now."""
    where = problem.location
    return problem.code, str(where.path) if where else "", problem.message


def _merged(file: OpenFile, theirs: str) -> tuple[str, tuple[Conflict, ...]]:
    if not file.is_changed:
        return theirs, ()
    if not file.disk.strip():
        return file.text, ()
    found = merge(file.path, file.disk, file.text, theirs)
    return found.text, found.conflicts
