"""The preview's process stays warm, answers the newest request, and its end is nobody else's."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import threading
from pathlib import Path
from queue import Queue

import pytest

from report.preview import Failed, Page, Preview, Show, worker
from report.preview.requests import Answer
from report.workspace import Workspace

SHOW = Show("lantern", "report", "en")


class Answers:
    """What a preview answers, by the number of the request."""

    def __init__(self) -> None:
        self._queue: Queue[tuple[int, Answer | None]] = Queue()

    def __call__(self, number: int, answer: Answer | None) -> None:
        self._queue.put((number, answer))

    def of(self, number: int) -> list[Answer]:
        """Wait for the end of a request, and return its answers."""
        found: list[Answer] = []
        while True:
            which, answer = self._queue.get(timeout=120)
            if which == number and answer is None:
                return found
            if which == number and answer is not None:
                found.append(answer)


@pytest.fixture
def lantern(tmp_path: Path) -> Workspace:
    shutil.copytree(Path(__file__).parents[1] / "golden" / "data", tmp_path / "data")
    return Workspace.at(tmp_path)


def test_it_answers_and_is_warm_the_second_time(lantern: Workspace) -> None:
    answers = Answers()
    with Preview(lantern, answers) as preview:
        first, second = ([one for one in answers.of(preview.ask(SHOW)) if isinstance(one, Page)] for _ in range(2))
        assert [page.number for page in first] == list(range(1, len(first) + 1)) and first[-1].last
        assert [page.fingerprint for page in first] == [page.fingerprint for page in second]
        assert sum(second[-1].cost.values()) < sum(first[-1].cost.values())
        process = preview.pid
    assert process and not Path(f"/proc/{process}").exists()


def test_of_several_requests_the_last_is_answered(lantern: Workspace) -> None:
    answers = Answers()
    with Preview(lantern, answers) as preview:
        answers.of(preview.ask(SHOW))
        numbers = [preview.ask(SHOW) for _ in range(12)]
        given = [len(answers.of(number)) for number in numbers]
    assert given[-1] == max(given) > 1
    assert given[1:-1].count(0) >= 9


def test_one_that_is_killed_is_told_and_another_takes_its_place(lantern: Workspace) -> None:
    answers = Answers()
    with Preview(lantern, answers) as preview:
        answers.of(preview.ask(SHOW))
        process = preview.pid
        assert process
        number = preview.ask(SHOW)
        os.kill(process, signal.SIGKILL)
        last = answers.of(number)[-1]
        assert isinstance(last, Failed) and last.problems[0].code == "preview.ended" and last.problems[0].hint
        assert isinstance(answers.of(preview.ask(SHOW))[0], Page)
        assert preview.pid != process


def test_one_that_cannot_begin_is_told_and_does_not_begin_for_ever(lantern: Workspace) -> None:
    answers = Answers()
    shutil.rmtree(lantern.data)
    with Preview(lantern, answers) as preview:
        (failed,) = answers.of(preview.ask(SHOW))
        assert isinstance(failed, Failed)
        assert preview.pid is None


def test_one_that_has_much_memory_ends_after_its_answer(lantern: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MOST_MEMORY", 0)
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # not in the main thread
    ours, theirs = multiprocessing.Pipe()
    thread = threading.Thread(target=worker.run, args=(theirs, lantern.root, lantern.output))
    thread.start()
    ours.send((1, SHOW))
    while ours.recv() != (1, None):
        pass
    thread.join(10)
    assert not thread.is_alive()
