"""Jobs are stored with the change that causes them, and only what comes back as it went in."""

from __future__ import annotations

import enum
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from lib.jobs import cancel_jobs, move_jobs, run_due_jobs
from lib.jobs.services import MAX_GATHERED
from tests.lib.jobs.sample_jobs import note, note_all, note_anything, note_mail

pytestmark = pytest.mark.django_db


class Colour(enum.StrEnum):
    RED = "red"


def test_a_job_runs_with_its_arguments(notes: list[Any]) -> None:
    note.enqueue(text="once")

    assert run_due_jobs() == 1
    assert notes == ["once"]
    assert run_due_jobs() == 0


def test_a_job_vanishes_with_its_transaction(notes: list[Any]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note.enqueue(text="never")
        _ = 1 / 0

    assert run_due_jobs() == 0
    assert notes == []


@pytest.mark.parametrize(
    "value", ["text", 7, 1.5, True, None, [1, ["two"]], {"key": {"inner": [None]}}, "", "\U0001f600", 2**53]
)
def test_arguments_come_back_as_they_went_in(notes: list[Any], value: object) -> None:
    note_anything.enqueue(value=value)
    run_due_jobs()

    assert repr(notes) == repr([value])


@pytest.mark.parametrize(
    "value",
    [
        b"bytes", uuid4(), datetime.now(UTC), (1, 2), {1: "number"}, {1, 2}, Colour.RED, float("nan"), float("inf"),
        "nul\0", "half \ud83d", 2**53 + 1, [{"deep": (1,)}], object(),
    ],
)  # fmt: skip
def test_what_would_come_back_as_something_else_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        note_anything.enqueue(value=value)

    assert not DBTaskResult.objects.exists()


def test_arguments_that_the_function_does_not_take_are_refused() -> None:
    with pytest.raises(TypeError):
        note.enqueue(word="once")  # type: ignore[call-arg]


def test_a_delayed_job_waits_for_its_time(notes: list[Any]) -> None:
    with time_machine.travel(datetime(2026, 11, 27, 12, tzinfo=UTC), tick=False) as clock:
        note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(text="later")
        assert run_due_jobs() == 0

        clock.shift(timedelta(hours=1))
        run_due_jobs()

    assert notes == ["later"]


def test_jobs_run_by_priority_and_then_in_the_order_in_which_they_are_due(notes: list[Any]) -> None:
    now = timezone.now()
    note.using(run_after=now - timedelta(minutes=1)).enqueue(text="third")
    note.using(run_after=now - timedelta(minutes=2)).enqueue(text="second")
    note.enqueue(text="fourth")
    note.using(priority=10).enqueue(text="first")
    note.using(priority=-10).enqueue(text="last")

    run_due_jobs()

    assert notes == ["first", "second", "third", "fourth", "last"]


def test_a_queue_is_run_alone(notes: list[Any]) -> None:
    note.enqueue(text="quick")
    note_mail.enqueue(text="mail")

    run_due_jobs(queue="mail")

    assert notes == ["mail"]


def test_one_job_waits_for_each_key(notes: list[Any]) -> None:
    keyed = note.using(unique_key="digest:1")
    first, second = keyed.enqueue(text="first"), keyed.enqueue(text="second")
    assert (second.id, first.is_new, second.is_new) == (first.id, True, False)

    run_due_jobs()
    keyed.enqueue(text="after it ran")
    run_due_jobs()

    assert notes == ["first", "after it ran"]


def test_a_job_that_waits_gathers_what_comes_meanwhile_and_gets_its_attempts_again(notes: list[Any]) -> None:
    gathering = note_all.using(unique_key="all:1")
    gathering.enqueue(texts=["a", "fail"])
    run_due_jobs()
    [row] = DBTaskResult.objects.all()
    assert row.worker_ids and row.status == "READY"

    assert not gathering.enqueue(texts=["b", "a"]).is_new
    row.refresh_from_db()
    assert not row.worker_ids
    gathering.enqueue(texts=[str(number) for number in range(MAX_GATHERED - 1)])
    row.refresh_from_db()
    DBTaskResult.objects.update(run_after=timezone.now())
    run_due_jobs()

    assert notes == ["b", *(str(number) for number in range(MAX_GATHERED - 1))]


def test_a_job_that_waits_is_cancelled_by_its_key(notes: list[Any]) -> None:
    note.using(unique_key="reminder:1").enqueue(text="never")
    note.using(unique_key="reminder:2").enqueue(text="other")

    assert cancel_jobs(unique_key="reminder:1") == 1
    assert cancel_jobs(unique_key="reminder:1") == 0
    run_due_jobs()
    assert notes == ["other"]
    assert note.using(unique_key="reminder:1").enqueue(text="new").is_new


def test_jobs_that_wait_are_moved_by_their_keys(notes: list[Any]) -> None:
    with time_machine.travel(datetime(2026, 11, 27, 12, tzinfo=UTC), tick=False) as clock:
        in_an_hour = timezone.now() + timedelta(hours=1)
        note.using(unique_key="reminder:1", run_after=in_an_hour).enqueue(text="moved")
        note.using(unique_key="reminder:2", run_after=in_an_hour).enqueue(text="other")

        assert move_jobs(unique_keys=["reminder:1", "reminder:3"], run_after=timezone.now()) == 1
        run_due_jobs()
        assert notes == ["moved"]
        assert move_jobs(unique_keys=["reminder:1"], run_after=timezone.now()) == 0, "it has run"

        move_jobs(unique_keys=["reminder:2"], run_after=in_an_hour + timedelta(hours=1))
        clock.shift(timedelta(hours=1))
        assert run_due_jobs() == 0
