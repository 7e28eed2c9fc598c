"""Continuous integration tries the README in the environment that a user has, and says where it cannot."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(not shutil.which("bash"), reason="the scripts are for bash")
KEPT = {
    "PIP_INDEX_URL": "https://a.example", "UV_INDEX": "b", "npm_config_registry": "c", "SSL_CERT_FILE": "/d",
    "https_proxy": "e", "NO_PROXY": "f", "NODE_EXTRA_CA_CERTS": "/g h",
}  # fmt: skip
DROPPED = {
    "CI": "true", "PYTHONUNBUFFERED": "1", "PYTHONPATH": "/x", "SOURCE_DATE_EPOCH": "1", "LC_ALL": "bg_BG", "TERM": "xterm",
    "SOFFICE": "/y", "PIPX_HOME": "/z",
}  # fmt: skip


def _run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": "/usr/bin:/bin", "HOME": "/home/somebody"} | environment
    return subprocess.run(["bash", "-c", script], cwd=ROOT, env=env, capture_output=True, text=True)


def test_a_clean_environment_has_what_registries_need_and_no_more() -> None:
    done = _run(". .ci/common.sh; clean EXTRA=1 env", **KEPT, **DROPPED)
    found = dict(line.split("=", 1) for line in done.stdout.splitlines())
    assert found == KEPT | {"HOME": "/home/somebody", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "EXTRA": "1"}


@pytest.mark.parametrize(("missing", "said"), [("id", "only root"), ("debootstrap", "debootstrap is not there")])
def test_what_cannot_be_tried_here_is_said(tmp_path: Path, missing: str, said: str) -> None:
    programs = {"id": f"echo {1000 if missing == 'id' else 0}", "apt-get": "exit 100", "dirname": 'echo "${1%/*}"'}
    for name, script in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    bash = shutil.which("bash") or "bash"
    done = subprocess.run(
        [bash, ".ci/bare.sh", "trixie"], cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 77 and f"ci: no bare trixie here: {said}" in done.stderr
