"""What a batch is asked to build, and which part of it this machine builds where none of many machines knows of the others."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from report.values import UsageError

Shard = tuple[int, int]
"""The number of the part, from 1, and how many parts there are."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be built; an empty field leaves the choice to each organisation's documents.yaml."""

    organisations: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    naming: str = ""
    shard: Shard | None = None

    @property
    def key(self) -> str:
        """Return what identifies the documents that an organisation has under this choice."""
        parts = (self.documents, self.languages, self.formats, self.editions, self.naming)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


_ARRAYS = {
    "JOB_COMPLETION_INDEX": ("Kubernetes", "JOB_COMPLETIONS", "", ""),
    "SLURM_ARRAY_TASK_ID": ("SLURM", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_STEP"),
}
"""By the environment variable of a task's index: the job array's name, and its variables for the count, first index and step."""


def read_shard(text: str, environment: Mapping[str, str]) -> Shard:
    """Read ``2/8``, or ``auto``: the task of a job array in the environment. Raise `UsageError` for anything else."""
    number, _, count = text.partition("/")
    if number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count):
        return int(number), int(count)
    if text != "auto":
        hint = "write 1/8 to 8/8 for eight machines, or auto"
        raise UsageError.of("batch.shard", f"'{text}' is not a shard", hint=hint)
    index = next((name for name in _ARRAYS if name in environment), None)
    if index is None:
        known = " or ".join(f"{index} ({array[0]})" for index, array in _ARRAYS.items())
        message = f"--shard auto needs {known} in the environment"
        raise UsageError.of("batch.shard", message, hint="write 1/8 to 8/8 for eight machines")
    return _task(environment, index, *_ARRAYS[index][1:])


def _task(environment: Mapping[str, str], index: str, count: str, first: str, step: str) -> Shard:
    task, tasks = (_number(environment, name, None) for name in (index, count))
    number, rest = divmod(task - _number(environment, first, 0), max(_number(environment, step, 1), 1))
    if rest or not 0 <= number < tasks:
        message = f"{index}={task} is not one of {tasks} tasks"
        raise UsageError.of("batch.shard", message, hint=f"set {count} to the number of tasks")
    return number + 1, tasks


def _number(environment: Mapping[str, str], name: str, default: int | None) -> int:
    value = environment.get(name, "") if name else ""
    if value.isdecimal():
        return int(value)
    if value or default is None:
        message = f"{name} is {value!r}, which is not a number" if value else f"{name} is not set"
        hint = f"set {name} in the environment, or write the shard: --shard 2/8"
        raise UsageError.of("batch.shard", message, hint=hint)
    return default
