from __future__ import annotations

import threading

import pytest

from lib import background
from lib.background import BackgroundThreads


def test_functions_run_on_as_many_threads_as_there_are() -> None:
    threads, meeting = BackgroundThreads(2), threading.Barrier(3)

    assert threads.enqueue(lambda: meeting.wait(30)) and threads.enqueue(lambda: meeting.wait(30))

    meeting.wait(30)


def test_what_fails_ends_no_thread(caplog: pytest.LogCaptureFixture) -> None:
    threads, done = BackgroundThreads(1), threading.Event()

    threads.enqueue(lambda: 1 / 0)
    threads.enqueue(done.set)

    assert done.wait(30)
    assert "ZeroDivisionError" in caplog.text


def test_no_more_waits_than_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "MAX_QUEUED", 3)
    threads, busy, released = BackgroundThreads(1), threading.Event(), threading.Event()

    def hold() -> None:
        busy.set()
        released.wait(30)

    threads.enqueue(hold)
    busy.wait(30)

    assert [threads.enqueue(lambda: None) for _ in range(5)] == [True, True, True, False, False]
    released.set()
