"""Timers and entries by hand, and the sum that a task keeps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from lib.web.errors import Conflict
from tasks.models import Project, Task, TaskChange, TimeEntry
from tasks.time_tracking.services import (
    add_time_entry,
    delete_time_entry,
    start_timer,
    stop_timer,
    update_time_entry,
)
from tasks.work.services.creating import create_task
from tests.conftest import ApiFor
from tests.tasks.work.conftest import make_project

pytestmark = pytest.mark.django_db
START = "2026-03-02T09:00:00+00:00"


@pytest.fixture
def task(alice: User, project: Project) -> Task:
    return create_task(actor=alice, project_id=project.pk, title="Paint")


def read_time(task: Task) -> int:
    return Task.objects.values_list("time_spent", flat=True).get(pk=task.pk)


def test_a_timer_counts_whole_seconds(bob: User, task: Task) -> None:
    with time_machine.travel(START, tick=False) as clock:
        start_timer(actor=bob, task_id=task.pk)
        assert read_time(task) == 0
        clock.shift(timedelta(minutes=5, seconds=0.9))
        stopped = stop_timer(actor=bob, task_id=task.pk)

    assert stopped is not None and (stopped.seconds, read_time(task)) == (300, 300)
    change = TaskChange.objects.get(task=task, field="time_spent")
    assert (change.before, change.after, change.actor) == (0, 300, bob)
    assert stop_timer(actor=bob, task_id=task.pk) is None


def test_a_timer_that_runs_elsewhere_stops(alice: User, bob: User, project: Project, task: Task) -> None:
    elsewhere = make_project(project.organisation, alice, [bob], key="ELSE")
    other = create_task(actor=alice, project_id=elsewhere.pk, title="Rig")
    with time_machine.travel(START, tick=False) as clock:
        first = start_timer(actor=bob, task_id=task.pk)
        start_timer(actor=alice, task_id=task.pk)
        clock.shift(60)
        second = start_timer(actor=bob, task_id=other.pk)
        clock.shift(10)

        assert start_timer(actor=bob, task_id=other.pk) == second

    assert list(TimeEntry.objects.filter(user=bob, ended_at=None)) == [second]
    assert TimeEntry.objects.get(pk=first.pk).seconds == read_time(task) == 60
    assert TimeEntry.objects.filter(user=alice, ended_at=None).exists()


def test_only_one_timer_of_a_user_can_run(bob: User, task: Task) -> None:
    start_timer(actor=bob, task_id=task.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        TimeEntry.objects.create(task=task, user=bob, started_at=timezone.now())


def test_a_forgotten_timer_counts_a_day_at_most(bob: User, task: Task) -> None:
    with time_machine.travel(START, tick=False) as clock:
        start_timer(actor=bob, task_id=task.pk)
        clock.shift(timedelta(days=3))
        stop_timer(actor=bob, task_id=task.pk)

    assert read_time(task) == 86_400


def test_a_timer_stops_in_an_archived_project(alice: User, bob: User, project: Project, task: Task) -> None:
    start_timer(actor=bob, task_id=task.pk)
    Project.objects.filter(pk=project.pk).update(archived_at=timezone.now())

    assert stop_timer(actor=bob, task_id=task.pk) is not None
    with pytest.raises(PermissionDenied):
        start_timer(actor=bob, task_id=task.pk)


def test_a_timer_stops_where_its_user_is_no_longer(alice: User, bob: User, project: Project, task: Task) -> None:
    elsewhere = make_project(project.organisation, bob, [], key="ELSE")
    start_timer(actor=bob, task_id=task.pk)
    project.channel.members.filter(user=bob).delete()
    other = create_task(actor=bob, project_id=elsewhere.pk, title="Rig")

    start_timer(actor=bob, task_id=other.pk)

    assert TimeEntry.objects.filter(user=bob, ended_at=None).get().task == other


def test_the_sum_follows_every_change(alice: User, bob: User, task: Task) -> None:
    start = timezone.now() - timedelta(days=1)
    first = add_time_entry(actor=bob, task_id=task.pk, started_at=start, seconds=600, note="Primer")
    add_time_entry(actor=alice, task_id=task.pk, started_at=start, seconds=60)
    assert read_time(task) == 660

    changed = update_time_entry(actor=bob, entry_id=first.pk, seconds=1200)
    assert (read_time(task), changed.ended_at) == (1260, start + timedelta(seconds=1200))
    delete_time_entry(actor=alice, entry_id=first.pk)
    assert read_time(task) == 60


@pytest.mark.parametrize(
    ("begin", "seconds"), [(-10, 0), (-10, -5), (-10, 86_401), (3600, 60)], ids=["none", "negative", "long", "future"]
)
def test_what_can_not_be_is_refused(bob: User, task: Task, begin: int, seconds: int) -> None:
    start = timezone.now() + timedelta(seconds=begin)

    with pytest.raises(ValidationError):
        add_time_entry(actor=bob, task_id=task.pk, started_at=start, seconds=seconds)
    assert not TimeEntry.objects.exists()


def test_the_time_of_others_is_for_admins(alice: User, bob: User, charlie: User, task: Task) -> None:
    entry = add_time_entry(actor=alice, task_id=task.pk, started_at=timezone.now(), seconds=60)
    own = add_time_entry(actor=bob, task_id=task.pk, started_at=timezone.now(), seconds=60)

    for change in (update_time_entry, delete_time_entry):
        with pytest.raises(PermissionDenied):
            change(actor=bob, entry_id=entry.pk)
        with pytest.raises(TimeEntry.DoesNotExist):
            change(actor=charlie, entry_id=entry.pk)
    update_time_entry(actor=alice, entry_id=own.pk, note="checked")


def test_the_times_of_a_running_timer_can_not_be_set(bob: User, task: Task) -> None:
    running = start_timer(actor=bob, task_id=task.pk)

    with pytest.raises(Conflict):
        update_time_entry(actor=bob, entry_id=running.pk, seconds=60)
    assert update_time_entry(actor=bob, entry_id=running.pk, note="Primer").note == "Primer"
    delete_time_entry(actor=bob, entry_id=running.pk)
    assert not TimeEntry.objects.exists()


def test_time_over_rest(api_for: ApiFor, bob: User, charlie: User, task: Task) -> None:
    api, path = api_for(bob), f"/tasks/{task.pk}"

    assert api.call("POST", f"{path}/timer").json()["ended_at"] is None
    assert api.call("DELETE", f"{path}/timer").json()["ended_at"] is not None
    assert api.call("DELETE", f"{path}/timer").status_code == 204
    body: dict[str, Any] = {"started_at": START, "seconds": 90, "note": "Primer"}
    entry = api.call("POST", f"{path}/time-entries", body).json()
    page = api.call("GET", f"{path}/time-entries").json()
    assert (page["items"][0], page["time_spent"]) == (entry, 90)
    assert api.call("PATCH", f"/time-entries/{entry['id']}", {"seconds": 100}).json()["seconds"] == 100
    for wrong in ({"seconds": -1}, {"seconds": 90_000}, {"seconds": 1.5}, {"started_at": "2999-01-01T00:00:00Z"}):
        assert api.call("PATCH", f"/time-entries/{entry['id']}", wrong).status_code == 422
    stranger = api_for(charlie)
    for method, where in (
        ("POST", f"{path}/timer"),
        ("DELETE", f"{path}/timer"),
        ("GET", f"{path}/time-entries"),
        ("DELETE", f"/time-entries/{entry['id']}"),
    ):
        assert stranger.call(method, where).status_code == 404
    assert api.call("DELETE", f"/time-entries/{entry['id']}").status_code == 204
    assert read_time(task) == 0


def test_a_list_of_entries_costs_the_same_for_few_and_many(
    api_for: ApiFor, bob: User, task: Task, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    api = api_for(bob)
    for count in (1, 20):
        for _ in range(count):
            add_time_entry(actor=bob, task_id=task.pk, started_at=timezone.now(), seconds=1)
        with django_assert_num_queries(3):
            assert api.call("GET", f"/tasks/{task.pk}/time-entries").status_code == 200
