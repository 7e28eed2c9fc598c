"""The guard itself bites: in this process, and in one that a test begins."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.guard import LOG, violations

REACHES: dict[str, Callable[[], object]] = {
    "an address": lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
    "a name": lambda: socket.getaddrinfo("host.invalid", 80),
    "an old name": lambda: socket.gethostbyname("host.invalid"),
    "a datagram": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
    "a program": lambda: subprocess.run(["gs", "-v"], check=False),
    "another program": lambda: os.execv("/usr/bin/curl", ["curl"]),
    "a shell": lambda: os.system("true"),
}


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.parametrize("what", REACHES)
def test_what_reaches_out_is_refused_and_written_down(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    log.touch()
    monkeypatch.setenv(LOG, str(log))
    with pytest.raises((PermissionError, OSError)):
        REACHES[what]()
    assert violations()


def test_a_process_that_a_test_begins_is_watched(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.touch()
    code = (
        "import socket\ntry:\n    socket.getaddrinfo('host.invalid', 80)\nexcept PermissionError:\n    print('refused')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, LOG: str(log)}, capture_output=True, text=True
    )
    assert done.stdout.strip() == "refused" and "host.invalid" in log.read_text("utf-8")


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
    assert subprocess.run([sys.executable, "-c", ""], check=False).returncode == 0
