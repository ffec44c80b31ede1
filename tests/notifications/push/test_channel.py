"""Notifications are pushed to those who want them, when they do, and who do not see them already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from chat.models import Room
from lib.jobs import run_due_jobs
from notifications import kinds
from notifications.inbox.services import mark_all_read, notify
from notifications.kinds import Channels, Description, Kind
from notifications.models import Notification
from notifications.preferences.services import change_settings
from notifications.preferences.silence import Silence
from notifications.viewing import end_viewing, find_viewing, note_viewing
from tests.notifications.push.conftest import Subscribe
from tests.notifications.push.service import PushService

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hidden() -> Iterator[list[str]]:
    """Register a kind that is pushed; whatever is in the list is hidden from its reader by now."""
    names: list[str] = []

    def describe(rows: Sequence[Notification], reader: User) -> list[Description]:
        return [Description(row.data["title"], "Ahoy", "/rooms/1/") for row in rows]

    def filter_visible(rows: Sequence[Notification], reader: User) -> list[Notification]:
        return [row for row in rows if row.data["title"] not in names]

    kinds.list_kinds()
    kinds.register(
        Kind("buoy", "Buoys", "Sea", describe, filter_visible, Channels(in_app=True, push=True), urgency="high", ttl=90)
    )
    yield names
    del kinds._kinds["buoy"]


def tell(user: User, title: str, room: Room | None = None) -> None:
    with transaction.atomic():
        notify(kind="buoy", recipients=[user.pk], data={"title": title}, place=room and room.pk)


def list_titles(service: PushService) -> list[str]:
    return [push.payload["notification"]["title"] for push in service.received]


def test_a_notification_reaches_all_browsers_of_its_user_alone(
    service: PushService, subscribe: Subscribe, alice: User, bob: User, hidden: list[str]
) -> None:
    for user, path in ((bob, "/push/1"), (bob, "/push/2"), (alice, "/push/3")):
        subscribe(user, service.subscribe(path))

    tell(bob, "Tide")
    run_due_jobs()

    assert list_titles(service) == ["Tide", "Tide"]
    assert {asked.path for asked in service.asked} == {"/push/1", "/push/2"}
    push = service.received[0]
    row = Notification.objects.get()
    assert (push.headers["urgency"], push.headers["ttl"]) == ("high", "90")
    assert push.payload["notification"]["tag"] == str(row.pk)
    assert push.payload["notification"]["navigate"] == "https://atrium.example/rooms/1/"
    assert push.payload["app_badge"] == 0  # no room of Bob's has anything unread


def test_nobody_is_pushed_what_they_look_at(
    service: PushService, subscribe: Subscribe, bob: User, room: Room, hidden: list[str]
) -> None:
    subscribe(bob, service.subscribe())
    note_viewing([(bob.pk, room.pk)])

    tell(bob, "Seen", room)
    run_due_jobs()
    end_viewing((bob.pk, room.pk))
    tell(bob, "Not seen", room)
    run_due_jobs()

    assert list_titles(service) == ["Not seen"]


def test_what_was_read_or_hidden_meanwhile_is_not_pushed(
    service: PushService, subscribe: Subscribe, bob: User, hidden: list[str]
) -> None:
    subscribe(bob, service.subscribe())
    tell(bob, "Read")
    run_due_jobs(queue="default")
    mark_all_read(actor=bob)
    tell(bob, "Hidden")
    run_due_jobs(queue="default")
    hidden.append("Hidden")

    run_due_jobs()

    assert service.received == []


def test_after_quiet_hours_one_push_tells_of_all_that_has_waited(
    service: PushService, subscribe: Subscribe, bob: User, hidden: list[str]
) -> None:
    subscribe(bob, service.subscribe())
    User.objects.filter(pk=bob.pk).update(silent_until=timezone.now() + timedelta(hours=1))

    for title in ("One", "Two", "Three", "Four"):
        tell(bob, title)
        run_due_jobs()
    assert service.received == []
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1), tick=True):
        run_due_jobs()

    assert list_titles(service) == ["4 new notifications"]
    assert service.received[0].payload["notification"]["body"] == "Four\nThree\nTwo"


def test_what_was_held_comes_at_once_when_silence_ends_early(
    service: PushService, subscribe: Subscribe, bob: User, hidden: list[str]
) -> None:
    subscribe(bob, service.subscribe())
    change_settings(actor=bob, silence=Silence(timezone.now() + timedelta(hours=3)))
    for title in ("One", "Two"):
        tell(bob, title)
        run_due_jobs()

    change_settings(actor=bob, silence=Silence(timezone.now() + timedelta(hours=2)))
    run_due_jobs()
    assert service.received == []
    change_settings(actor=bob, silence=Silence(None))
    run_due_jobs()

    assert list_titles(service) == ["2 new notifications"]


def test_what_is_read_elsewhere_is_taken_back_from_browsers_that_allow_it(
    service: PushService, subscribe: Subscribe, bob: User, hidden: list[str]
) -> None:
    subscribe(bob, service.subscribe())
    tell(bob, "Tide")
    run_due_jobs()

    mark_all_read(actor=bob)
    run_due_jobs()

    first, closing = service.received
    assert closing.payload["close"] == ["summary", first.payload["notification"]["tag"]]
    assert closing.headers["topic"] == first.headers["topic"]


def test_viewing_lapses_unless_it_is_renewed(bob: User, room: Room, settings: Settings) -> None:
    # Redis lapses by a clock of its own.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    pair = (bob.pk, room.pk)

    note_viewing([pair])
    assert find_viewing([pair]) == {pair}

    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        assert find_viewing([pair]) == set()
