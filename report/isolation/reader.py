"""The process that reads foreign files, seen from its parent: it is started, called, and killed when it takes too long."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import IO, Any

from report.isolation import child, memory, messages
from report.values import required

_PROGRAM = "from report.isolation.child import main; main()"
"""The program of a process that is not forked: with ``-m`` the module would be loaded twice."""

_PATIENCE = 1.0
"""Seconds for a process that no longer answers to end by itself, so that its exit status is known."""


class TimedOut(Exception):
    """A call was not answered in time; the process is killed."""


class CannotStart(Exception):
    """The process could not be started, or could not load the program: no fault of the file."""


class NotReached(Exception):
    """The process had ended before the call reached it; a new one may answer."""


class Died(Exception):
    """The process ended before it answered; `signal` is what killed it, if known."""

    def __init__(self, number: int | None):
        super().__init__(number)
        self.signal = number


class Reader:
    """One process. It is forked where that is safe, and then shares what its parent has loaded; otherwise it is started afresh."""

    def __init__(self, most: int):
        self.memory, self.owner, self.calls, self.alive = most, os.getpid(), 0, True
        self._process: subprocess.Popen[bytes] | None = None
        self._pid: int | None = None
        self._status: int | None = None
        self._initial_memory = 0
        self._requests: IO[bytes]
        self._answers: IO[bytes]
        if _is_safe_to_fork():
            self._fork()
        else:
            self._start()

    def call(self, call: child.Call) -> Any:
        """Return the answer to a call; raise `TimedOut`, `Died`, `NotReached` or `CannotStart`, after which this reader cannot be used again."""
        self.calls += 1
        content = messages.packed(call)
        failure: type[Exception] = CannotStart if self.calls == 1 else NotReached
        with self._killed_after(call.seconds) as late:
            try:
                if self.calls == 1:
                    messages.receive(self._answers)  # it is ready
                    self._initial_memory = memory.used(self.pid)
                    failure = NotReached
                messages.send(self._requests, content)
                failure = Died
                answer = messages.receive(self._answers)
            except (EOFError, OSError):
                self.end(patience=_PATIENCE)
                if late.is_set():
                    raise TimedOut from None
                raise (Died(self._signal()) if failure is Died else failure()) from None
            except BaseException:  # Ctrl-C: a late answer would be taken for that to the next call
                self.end()
                raise
        if late.is_set():  # time ran out just after the answer
            self.end()
        return answer

    @property
    def pid(self) -> int:
        """Return the process id; 0 once the process is gone."""
        return self._process.pid if self._process else self._pid or 0

    @property
    def is_full(self) -> bool:
        """Say whether the process still holds much of what it has read: little memory would be left for the next file."""
        return self.alive and memory.used(self.pid) - self._initial_memory > self.memory // 4

    def end(self, patience: float = 0) -> None:
        """Kill the process and wait until it is gone; one that is ending by itself has `patience` seconds for that."""
        self.alive = False
        until = time.monotonic() + patience
        while time.monotonic() < until and not self._is_gone():
            time.sleep(0.01)
        self._kill()
        if self._process:
            self._process.wait()
        elif self._pid:
            with contextlib.suppress(ChildProcessError):
                _, self._status = os.waitpid(self._pid, 0)
            self._pid = None
        self.close()

    def _is_gone(self) -> bool:
        """Say whether the process has ended, and save its status."""
        if self._process:
            return self._process.poll() is not None
        if self._pid:
            with contextlib.suppress(ChildProcessError):
                pid, status = os.waitpid(self._pid, os.WNOHANG)
                if not pid:
                    return False
                self._status = status
            self._pid = None
        return True

    def close(self) -> None:
        """Close this end of the pipes; the process ends when no other process has it open."""
        for stream in (self._requests, self._answers):
            with contextlib.suppress(OSError):
                stream.close()

    @contextlib.contextmanager
    def _killed_after(self, seconds: float) -> Iterator[threading.Event]:
        late = threading.Event()

        def expire() -> None:
            late.set()
            self._kill()

        timer = threading.Timer(seconds, expire)
        timer.daemon = True
        timer.start()
        try:
            yield late
        finally:
            timer.cancel()
            timer.join()

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            if self._process:
                self._process.kill()
            elif self._pid:
                os.kill(self._pid, signal.SIGKILL)

    def _signal(self) -> int | None:
        if self._process:
            return -self._process.returncode if self._process.returncode < 0 else None
        return os.WTERMSIG(self._status) if self._status is not None and os.WIFSIGNALED(self._status) else None

    def _fork(self) -> None:
        answers, answers_end = os.pipe()
        requests_end, requests = os.pipe()
        pid = os.fork()
        if pid == 0:  # the child, which never returns
            status = 1
            try:
                os.close(answers)
                os.close(requests)
                child.serve(os.fdopen(requests_end, "rb"), os.fdopen(answers_end, "wb"), self.memory)
                status = 0
            finally:
                os._exit(status)
        os.close(answers_end)
        os.close(requests_end)
        self._pid, self._requests, self._answers = pid, os.fdopen(requests, "wb"), os.fdopen(answers, "rb")

    def _start(self) -> None:
        command = [sys.executable, "-P", "-c", _PROGRAM, str(self.memory)]  # -P: no modules of the working folder
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._requests, self._answers = required(self._process.stdin), required(self._process.stdout)


def _is_safe_to_fork() -> bool:
    """Say whether this process has one thread, including those of libraries: a lock of another thread stays locked in a fork."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False
