"""Which part of a batch this machine builds, where each of many builds one and none knows of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from report.values import UsageError

Shard = tuple[int, int]
"""The number of the part, from 1, and how many parts there are."""


@dataclass(frozen=True, slots=True)
class Array:
    """The environment variables of a job array: a task's index, the number of tasks, the first index, the step."""

    name: str
    index: str
    count: str
    first: str = ""
    step: str = ""

    def shard(self, environment: Mapping[str, str]) -> Shard:
        index, count, first, step = (
            _number(environment, name, default)
            for name, default in ((self.index, None), (self.count, None), (self.first, 0), (self.step, 1))
        )
        number, left = divmod(index - first, max(step, 1))
        if left or not 0 <= number < count:
            message = f"{self.index}={index} is not one of {count} tasks"
            raise UsageError.of("batch.shard", message, hint=f"set {self.count} to the number of tasks")
        return number + 1, count


ARRAYS = (
    Array("Kubernetes", "JOB_COMPLETION_INDEX", "JOB_COMPLETIONS"),
    Array("SLURM", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_STEP"),
)


def read(text: str, environment: Mapping[str, str]) -> Shard:
    """Read ``2/8``, or ``auto``: the task of a job array in the environment. Raise `UsageError` for anything else."""
    if text == "auto":
        for array in ARRAYS:
            if array.index in environment:
                return array.shard(environment)
        known = " or ".join(f"{array.index} ({array.name})" for array in ARRAYS)
        message = f"--shard auto needs {known} in the environment"
        raise UsageError.of("batch.shard", message, hint="write 1/8 to 8/8 for eight machines")
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise UsageError.of(
            "batch.shard", f"'{text}' is not a shard", hint="write 1/8 to 8/8 for eight machines, or auto"
        )
    return int(number), int(of)


def _number(environment: Mapping[str, str], name: str, default: int | None) -> int:
    value = environment.get(name, "") if name else ""
    if value.isdecimal():
        return int(value)
    if value or default is None:
        message = f"{name} is {value!r}, which is not a number" if value else f"{name} is not set"
        hint = f"set {name} in the environment, or write the shard: --shard 2/8"
        raise UsageError.of("batch.shard", message, hint=hint)
    return default
