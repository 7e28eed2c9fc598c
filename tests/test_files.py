"""Files are written whole or not at all, and what a killed process left is removed by the next one."""

from __future__ import annotations

from pathlib import Path

import pytest

from report import files
from report.values import ReportError

GONE = 2**22 + 1
"""A number that no process has."""


@pytest.fixture(autouse=True)
def _new_process() -> None:
    files._sweep_beside.cache_clear()


def left(folder: Path, process: int | str, name: str = "report.pdf") -> Path:
    path = folder / f".{name}.{files._machine()}-{process}-abc"
    path.write_bytes(b"half")
    return path


def test_what_a_killed_process_left_goes_whatever_it_was_to_become(tmp_path: Path) -> None:
    gone = [left(tmp_path, GONE), left(tmp_path, GONE, "other.docx"), left(tmp_path, "9" * 30)]
    own, foreign = left(tmp_path, files.os.getpid()), tmp_path / ".report.pdf.notes-1-x"
    foreign.write_text("mine")
    files.replace(tmp_path / "report.pdf", b"whole")
    assert not any(path.exists() for path in gone) and own.exists() and foreign.exists()
    assert (tmp_path / "report.pdf").read_bytes() == b"whole"


def test_what_cannot_be_removed_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = left(tmp_path, GONE)

    def refused(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(1, "not yours")

    monkeypatch.setattr(Path, "unlink", refused)
    files.replace(tmp_path / "report.pdf", b"whole")
    files.sweep(tmp_path, ".report.pdf.")
    assert path.exists() and (tmp_path / "report.pdf").exists()


def test_a_folder_is_looked_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    monkeypatch.setattr(Path, "glob", lambda self, pattern: looked.append(pattern) or [])
    for number in range(5):
        files.replace(tmp_path / f"{number}.pdf", b"whole")
    assert looked == [".*"]


@pytest.mark.skipif(not hasattr(files.os, "mkfifo"), reason="no pipes with names")
def test_what_is_no_ordinary_file_stays(tmp_path: Path) -> None:
    files.os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("pipe", "folder", "link"):
        with pytest.raises(ReportError, match="cannot be written"):
            files.replace(tmp_path / name, b"whole")
    assert (tmp_path / "pipe").is_fifo() and (tmp_path / "link").is_symlink()
