"""Jobs that note what they were called with."""

from __future__ import annotations

import threading
import time
from asyncio import CancelledError
from pathlib import Path
from typing import Any

from lib.jobs import JobAborted, job

notes: list[Any] = []
signal_to_go_on = threading.Event()


@job()
def note(*, text: str) -> None:
    notes.append(text)


@job()
def note_anything(*, value: Any) -> None:
    notes.append(value)


@job(attempts=3)
def fail(*, text: str) -> None:
    raise ValueError(f"with the secret {text}")


@job(gathers="texts")
def note_all(*, texts: list[str]) -> None:
    if "fail" in texts:
        raise ValueError
    notes.extend(texts)


@job(attempts=1)
def leave(*, by: str) -> None:
    raise {"exit": SystemExit, "cancellation": CancelledError}[by]


@job()
def abort() -> None:
    raise JobAborted("The address is gone.")


@job(queue="mail")
def note_mail(*, text: str) -> None:
    notes.append(text)


@job()
def note_time() -> None:
    notes.append("time")


@job(rate="30/m")
def note_slowly(*, text: str) -> None:
    notes.append(text)


@job(attempts=20)
def leave_mark(*, path: str) -> None:
    """Add a byte to a file: what a job does in the world, which no database takes back."""
    with Path(path).open("ab") as file:
        file.write(b"x")
    time.sleep(0.001)


@job()
def leave_mark_and_stay(*, path: str) -> None:
    leave_mark.func(path=path)
    time.sleep(120)


@job(queue="outbound")
def wait_for_signal(*, text: str) -> None:
    notes.append(text)
    signal_to_go_on.wait(20)
    notes.append(f"{text} ended")


@job(queue="outbound", attempts=2, timeout=0.2)
def hang(*, text: str) -> None:
    notes.append(text)
    signal_to_go_on.wait(20)
    notes.append(f"{text} went on")
