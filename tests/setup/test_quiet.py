"""Set-up says a few lines of its own; what installers say is shown only where one fails."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the set-up scripts are for a shell")
NOISY = 'echo "WARNING: one of two hundred" >&2; echo "Collecting everything"'


def _run(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a folder that has the set-up scripts, with programs of its own in `bin` before all others."""
    if not (folder / ".setup").exists():
        (folder / ".setup").symlink_to(ROOT / ".setup")
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        ["sh", "-c", f". .setup/common.sh; {script}"],
        cwd=folder, env={"PATH": path, "TMPDIR": str(folder)} | environment, capture_output=True, text=True,
    )  # fmt: skip


def _program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def _python_packages(folder: Path, status: int) -> None:
    _program(folder / "bin/uv", f"{NOISY}; exit {status}")


def _pip(folder: Path, status: int) -> None:
    _program(folder / ".venv/bin/python", f"{NOISY}; exit {status}")


def _apt(folder: Path, status: int) -> None:
    _program(folder / "bin/sudo", 'exec "$@"')
    _program(folder / "bin/apt-get", f"{NOISY}; [ $1 = update ] || exit {status}")


INSTALLERS = {
    "uv": (_python_packages, "install_python something"),
    "pip": (_pip, "command() { return 1; }; install_python something"),  # so that no uv is found
    "apt": (_apt, "install apt-get install -y something"),
    "any other": (lambda *_: None, f"quietly sh -c '{NOISY}; exit $STATUS'"),
}


@pytest.mark.parametrize("name", INSTALLERS)
def test_an_installer_that_succeeds_is_not_heard(name: str, tmp_path: Path) -> None:
    prepare, script = INSTALLERS[name]
    prepare(tmp_path, 0)
    done = _run(script, tmp_path, STATUS="0")
    assert done.returncode == 0 and done.stdout == ""
    assert all(line.startswith("set-up: ") for line in done.stderr.splitlines())
    assert "WARNING" not in done.stderr


@pytest.mark.parametrize("name", INSTALLERS)
def test_an_installer_that_fails_is_shown_whole(name: str, tmp_path: Path) -> None:
    prepare, script = INSTALLERS[name]
    prepare(tmp_path, 9)
    done = _run(script, tmp_path, STATUS="9")
    assert done.returncode == 3
    assert "WARNING: one of two hundred" in done.stderr and "Collecting everything" in done.stderr
    assert "set-up: the command failed" in done.stderr.splitlines()[-1]


def test_no_log_is_left_behind(tmp_path: Path) -> None:
    for status in ("0", "9"):
        _run("quietly sh -c 'exit $STATUS'", tmp_path, STATUS=status)
    assert [path.name for path in tmp_path.iterdir()] == [".setup"]
