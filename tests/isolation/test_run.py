"""Whatever a file from outside does to the process that reads it is a problem of that file, and of nothing else."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import pytest

from report.isolation import Limits, bounds, run
from report.isolation.reader import Reader
from report.values import ReportError
from tests.isolation import readers

FILE = Path("form.docx")
SHORT, LONG = Limits(seconds=2, memory=400_000_000), Limits(seconds=60, memory=400_000_000)


@pytest.fixture(autouse=True, params=["as it is", "among threads"])
def _threads(request: pytest.FixtureRequest) -> Iterator[None]:
    """Call with one thread, where the process is forked, and beside another one, where it begins anew."""
    done = threading.Event()
    if request.param == "among threads":
        threading.Thread(target=done.wait, daemon=True).start()
    sys.modules["report.isolation.run"].close()
    yield
    sys.modules["report.isolation.run"].close()
    done.set()


def test_a_result_comes_back_and_the_process_is_kept() -> None:
    value = {"a": (1, b"x"), "b": MappingProxyType({"c": FILE})}
    assert run(readers.echo, value, about=FILE) == value
    first = run(readers.process, about=FILE)
    assert first != os.getpid()
    assert run(readers.process, about=FILE) == first


@pytest.mark.quick(
    "as it is-loop",
    "among threads-eat",
    "among threads-segfault",
    "among threads-fault",
    "as it is-leave",
    "as it is-talk",
)
@pytest.mark.parametrize(
    ("reader", "code", "word"),
    [
        (readers.loop, "file.time", "2 seconds"),
        (readers.sleep, "file.time", "2 seconds"),
        (readers.eat, "file.memory", "400 MB"),
        (readers.double, "file.memory", "400 MB"),
        (readers.abort, "file.died", "signal 6"),
        (readers.segfault, "file.died", "signal 11"),
        (readers.leave, "file.died", "died: "),
        (readers.fault, "file.fault", "IndexError"),
        (readers.recurse, "file.fault", "RecursionError"),
        (readers.secret, "file.fault", "Error"),
        (readers.talk, "file.memory", "400 MB"),
    ],
)
def test_what_goes_wrong_is_told_of_the_file(reader: object, code: str, word: str) -> None:
    with pytest.raises(ReportError) as raised:
        run(reader, about=FILE, limits=SHORT if code == "file.time" else LONG)
    (problem,) = raised.value.problems
    assert problem.code == code and word in problem.message and problem.hint
    assert problem.location and problem.location.path == FILE
    assert run(readers.echo, 1, about=FILE, limits=SHORT) == 1  # the next file is read as if nothing had been


def test_problems_are_raised_as_they_are() -> None:
    with pytest.raises(ReportError) as raised:
        run(readers.refuse, about=FILE)
    assert raised.value.problems[0].code == "form.refused" and raised.value.problems[0].hint == "correct it"


def test_nothing_is_said_on_the_standard_streams(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(readers.say, about=FILE) == "said"
    assert capfd.readouterr() == ("", "")


def test_a_reader_works_where_its_caller_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(readers.process, about=FILE)
    monkeypatch.chdir(tmp_path)
    assert run(readers.folder, about=FILE) == str(tmp_path)


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORT_READ_SECONDS", "1.5")
    monkeypatch.setenv("REPORT_READ_MEMORY", "300")
    assert Limits.from_environment() == Limits(1.5, 300_000_000)
    for wrong in ("soon", "0", "-1", "nan", "1e99"):
        monkeypatch.setenv("REPORT_READ_SECONDS", wrong)
        with pytest.raises(ReportError, match="REPORT_READ_SECONDS"):
            Limits.from_environment()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_process_that_was_forked_has_a_reader_of_its_own() -> None:
    program = """
import os
from pathlib import Path
from report.isolation import run
from tests.isolation import readers
first = run(readers.process, about=Path("x"))
if os.fork() == 0:
    print(first != run(readers.process, about=Path("x")), flush=True)
    os._exit(0)
os.wait()
print(first == run(readers.process, about=Path("x")))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["True", "True"], done.stderr


@pytest.mark.quick("as it is")
@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell how much a process holds")
def test_a_reader_that_keeps_much_is_replaced() -> None:
    first = run(readers.process, about=FILE, limits=LONG)
    assert (
        run(readers.keep, 10_000_000, about=FILE, limits=LONG) == first == run(readers.process, about=FILE, limits=LONG)
    )
    assert run(readers.keep, 200_000_000, about=FILE, limits=LONG) == first
    assert run(readers.process, about=FILE, limits=LONG) != first


def test_a_reader_that_answers_at_the_last_moment_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its time ran out between its answer and the end of the clock."""
    original = Reader._killed_after

    @contextlib.contextmanager
    def late(self: Reader, seconds: float) -> Iterator[threading.Event]:
        with original(self, seconds) as event:
            yield event
        event.set()
        self._kill()

    first = run(readers.process, about=FILE)
    monkeypatch.setattr(Reader, "_killed_after", late)
    assert run(readers.process, about=FILE) == first
    monkeypatch.undo()
    assert run(readers.process, about=FILE) != first


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_a_reader_that_was_ended_between_two_files_is_replaced() -> None:
    first = run(readers.process, about=FILE)
    os.kill(first, signal.SIGKILL)
    time.sleep(0.3)
    assert run(readers.process, about=FILE) != first


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "form.docx")
    with pytest.raises(ReportError, match="ordinary file"):
        run(readers.echo, 1, about=tmp_path / "form.docx")


def test_a_reader_that_cannot_begin_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("report.isolation.reader._is_safe_to_fork", lambda: False)
    monkeypatch.setattr("report.isolation.reader._PROGRAM", "import nothing_of_this_name")
    with pytest.raises(ReportError) as raised:
        run(readers.echo, 1, about=FILE)
    assert raised.value.problems[0].code == "file.reader"


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
@pytest.mark.parametrize("waits", ["", "run(readers.sleep, about=Path('x'))"])
def test_a_reader_ends_with_its_parent(waits: str) -> None:
    program = f"import time\nfrom pathlib import Path\nfrom report.isolation import run\nfrom tests.isolation import readers\nprint(run(readers.process, about=Path('x')), flush=True)\n{waits}\ntime.sleep(100)"  # fmt: skip
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        reader = int(parent.stdout.readline())
        time.sleep(0.3)
        parent.kill()
    for _ in range(100):
        try:
            os.kill(reader, 0)
        except ProcessLookupError:
            return
        state = Path(f"/proc/{reader}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.1)
    pytest.fail("the reader is still there")


@pytest.mark.quick("as it is")
def test_bounds_in_this_process() -> None:
    if threading.active_count() > 1 and threading.current_thread() is not threading.main_thread():
        pytest.skip("not in the main thread")
    with pytest.raises(bounds.TimeLimit), bounds.within(Limits(0.2)):
        readers.loop()
    with pytest.raises(MemoryError), bounds.within(Limits(20, 200_000_000)):
        readers.eat()
    assert len(bytearray(300_000_000))  # and afterwards there is no bound
