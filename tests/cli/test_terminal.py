"""Names in files hand no commands to a terminal, and words that are no text are refused."""

from __future__ import annotations

import io
import os
import subprocess
import sys

import pytest

from report.cli import main, streams
from tests.cli.process import CALL
from tests.conftest import ROOT


class _Screen(io.BytesIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "shown"),
    [("\x1b]0;name\x07x", "\ufffd]0;name\ufffdx"), ("\x1b[31mred\x1b[0m", "\x1b[31mred\x1b[0m"), ("\x1b[2J", "\ufffd[2J"), ("a\tb\nc\r\n", "a\tb\nc\r\n"), ("\x9b31m\x7f", "\ufffd31m\ufffd")],
)  # fmt: skip
def test_a_terminal_gets_no_commands(text: str, shown: str) -> None:
    screen, file = _Screen(), io.BytesIO()
    for stream in (screen, file):
        wrapped = streams._Terminal(stream, "utf-8", newline="")
        assert wrapped.write(text) == len(text)
        wrapped.flush()
        wrapped.detach()
    assert screen.getvalue().decode() == shown and file.getvalue().decode() == text


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize(
    "words",
    [(b"form", b"map", b"bad\xff.docx"), (b"press", b"impose", b"bad\xff.pdf"), (b"build", b"spoc", b"--lang", b"\xff"), (b"batch", b"--name", b"\xff{organisation}"), (b"\xff",)],
)  # fmt: skip
def test_words_that_are_no_text(words: tuple[bytes, ...]) -> None:
    done = subprocess.run([*map(os.fsencode, CALL), *words], cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == 2 and b"is not valid UTF-8" in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("words", "wanted"),
    [(("build", "json"), False), (("check", "json"), False), (("build", "x", "--json"), True), (("check", "--format", "json"), True), (("check", "--format=json", "x"), True), (("build", "json", "--format", "pdf"), False)],
)  # fmt: skip
def test_an_organisation_may_be_called_json(words: tuple[str, ...], wanted: bool) -> None:
    assert main._wants_json(words) is wanted
