"""Of what happens at once, each project is whole, and no key is given twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection

from accounts.models import Organisation, User
from chat.models import Room
from chat.rooms.services.membership import leave_room
from lib.web.errors import Taken
from tasks.models import Project
from tasks.projects.services import states
from tasks.projects.services.projects import create_project, update_project

pytestmark = pytest.mark.django_db(transaction=True)


def run_at_once(*actions: Callable[[], Any]) -> list[Any]:
    """What each returned or raised."""
    together = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        together.wait()
        try:
            return action()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))


def test_of_two_same_keys_one_is_taken(alice: User, bob: User, halyard: Organisation) -> None:
    for number in range(5):
        key = f"K{number}"
        outcomes = run_at_once(
            lambda key=key: create_project(actor=alice, slug="halyard", name="One", key=key),  # type: ignore[misc]
            lambda key=key: create_project(actor=bob, slug="halyard", name="Two", key=key),  # type: ignore[misc]
        )
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Project", Taken.__name__]
    assert Project.objects.count() == Room.objects.filter(main_channel__isnull=False).count() == 5


def test_suggested_keys_give_way_to_each_other(alice: User, bob: User, halyard: Organisation) -> None:
    people = (alice, bob, alice, bob)
    outcomes = run_at_once(
        *(lambda who=who: create_project(actor=who, slug="halyard", name="Atrium") for who in people)  # type: ignore[misc]
    )

    assert sorted(project.key for project in outcomes) == ["ATR", "ATR2", "ATR3", "ATR4"]


@pytest.mark.parametrize("change", [states.archive_project, states.delete_project, update_project])
def test_an_owner_leaves_while_the_project_changes(
    alice: User, bob: User, halyard: Organisation, monkeypatch: pytest.MonkeyPatch, change: Callable[..., Any]
) -> None:
    """The change holds the project and stands still before it takes the channels, as the owner takes them first."""
    project = create_project(actor=alice, slug="halyard", name="Pier", visibility="organisation", member_ids=[bob.pk])
    outcomes = []

    def leave() -> None:
        try:
            leave_room(actor=alice, room_id=project.pk)
        finally:
            connection.close()

    def hold(original: Callable[..., Any]) -> Callable[..., Any]:
        def act(*args: Any, **options: Any) -> Any:
            outcomes.append(threads.submit(leave))
            time.sleep(0.3)
            return original(*args, **options)

        return act

    for module, name in (
        ("states", "archive_channels"), ("states", "hide_channels"), ("projects", "change_audience"),
    ):  # fmt: skip
        path = f"tasks.projects.services.{module}.{name}"
        monkeypatch.setattr(path, hold(getattr(__import__(f"tasks.projects.services.{module}", fromlist=[name]), name)))
    options = {"visibility": "members"} if change is update_project else {}
    with ThreadPoolExecutor(1) as threads:
        change(actor=alice, project_id=project.pk, **options)
        [left] = outcomes
        if change is states.delete_project:
            with pytest.raises(ObjectDoesNotExist):
                left.result(timeout=20)
        else:
            left.result(timeout=20)
            project.refresh_from_db()
            assert project.owner == bob
