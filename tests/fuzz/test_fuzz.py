"""Two thousand spoiled files: no fault of the program, no word on the standard streams, no address of an object, no hang.

`python -m tests.fuzz NAME SEED` shows what one of them gives.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fuzz import targets

CHUNK, CHUNKS = 40, 10
"""So many files in a test, and so many tests of each target: 2,000 files of five targets."""
_FAULTS = ("file.fault", "file.died")
_OBJECT = re.compile(r"\b(at )?0x[0-9a-f]{6,}|<[\w.]+ object|list index out of range|Traceback")


def spoil(name: str, seeds: range, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for seed in seeds:
        problems = targets.answer(name, seed, folder)
        for problem in problems:
            assert problem.code not in _FAULTS, f"{name} {seed}: {problem}"
            assert problem.message.strip() and not _OBJECT.search(problem.message), f"{name} {seed}: {problem}"
        said = capfd.readouterr()
        assert said == ("", ""), f"{name} {seed}: {said}"


@pytest.mark.quick("facts", "forms")
@pytest.mark.parametrize("name", targets.TARGETS)
def test_a_few_spoiled_files(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    spoil(name, range(5), tmp_path, capfd)


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("name", targets.TARGETS)
def test_spoiled_files(name: str, chunk: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    spoil(name, range(chunk * CHUNK, (chunk + 1) * CHUNK), tmp_path, capfd)
