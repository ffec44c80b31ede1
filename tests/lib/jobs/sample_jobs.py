"""Jobs that note what they were called with."""

from __future__ import annotations

from typing import Any

from lib.jobs import JobAborted, job

notes: list[Any] = []


@job()
def note(*, text: str) -> None:
    notes.append(text)


@job()
def note_anything(*, value: Any) -> None:
    notes.append(value)


@job(attempts=3)
def fail(*, text: str) -> None:
    raise ValueError(f"with the secret {text}")


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
