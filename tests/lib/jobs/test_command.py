"""`manage.py jobs` lists, tries again and cancels."""

from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from lib.jobs import run_due_jobs
from lib.jobs.queries import JobState, select_jobs
from tests.lib.jobs.sample_jobs import abort, note

pytestmark = pytest.mark.django_db


def run_command(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command("jobs", *arguments, stdout=out, **options)
    return out.getvalue()


def test_jobs_are_listed_without_what_they_were_given() -> None:
    stored = note.enqueue(text="hunter2")
    abort.enqueue()
    run_due_jobs(queue="mail")

    listed = run_command()

    assert str(stored.id) in listed and note.module_path in listed and "hunter2" not in listed
    assert "waiting: 2" in listed
    assert note.module_path not in run_command(state="failed") and "waiting: 2" in run_command(state="failed")


def test_failed_jobs_are_tried_again_by_id_and_by_kind() -> None:
    stored = abort.enqueue()
    abort.enqueue()
    run_due_jobs()

    assert "Tried again: 1 of 1" in run_command("retry", str(stored.id))
    assert "Tried again: 1 of 1" in run_command("retry", state="failed", kind=abort.module_path)
    assert select_jobs(state=JobState.WAITING).count() == 2


def test_waiting_jobs_are_cancelled() -> None:
    stored = note.enqueue(text="x")

    assert "Cancelled: 1 of 1" in run_command("cancel", str(stored.id))
    assert "Cancelled: 0 of 1" in run_command("cancel", str(stored.id))


def test_what_to_change_has_to_be_named_and_be_there() -> None:
    with pytest.raises(CommandError, match="Name the jobs"):
        run_command("cancel")
    with pytest.raises(CommandError, match="no such job"):
        run_command("retry", str(uuid4()))
