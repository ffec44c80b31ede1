"""What a device has missed, since it was off or its service away, comes in a few pushes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Organisation, User
from chat.models import Room
from lib.jobs import run_due_jobs
from notifications.inbox.services import mark_all_read, mark_read
from notifications.models import Notification
from tests.chat.steps import say
from tests.factories import make_room
from tests.notifications.push.conftest import Subscribe
from tests.notifications.push.service import PushService, Received

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pier(halyard: Organisation, alice: User, bob: User) -> Room:
    """Another room of Alice and Bob."""
    return make_room(halyard, admin=alice, members=[bob], name="pier")


def mention(alice: User, room: Room, *texts: str) -> None:
    for text in texts:
        say(alice, room, f"@bob {text}")
        run_due_jobs()


def list_kept(service: PushService) -> list[Received]:
    """Return what a service has left for a device that was off all the time: the last push of each topic."""
    return list({push.headers["topic"]: push for push in service.received}.values())


def read_shown(push: Received) -> tuple[str, str]:
    shown = push.payload["notification"]
    return shown["title"], shown["body"]


def test_of_forty_mentions_a_phone_that_was_off_shows_one_for_each_room(
    service: PushService, subscribe: Subscribe, alice: User, bob: User, room: Room, pier: Room
) -> None:
    subscribe(bob, service.subscribe())

    for number in range(20):
        mention(alice, room, f"tide {number}")
        mention(alice, pier, f"crane {number}")

    assert len(service.received) == 40
    kept = list_kept(service)
    assert [read_shown(push) for push in kept] == [
        (f"Alice mentioned you in {room.name}", "@Bob tide 19\n… and 19 more here"),
        ("Alice mentioned you in pier", "@Bob crane 19\n… and 19 more here"),
    ]
    assert kept[-1].payload["app_badge"] == 40


def test_a_device_that_is_on_is_told_of_each_without_a_number_at_first(
    service: PushService, subscribe: Subscribe, alice: User, bob: User, room: Room
) -> None:
    subscribe(bob, service.subscribe())

    mention(alice, room, "tide")
    mark_all_read(actor=bob)
    mention(alice, room, "crane")

    shown = [push for push in service.received if "notification" in push.payload]
    assert [read_shown(push)[1] for push in shown] == ["@Bob tide", "@Bob crane"]
    assert len({push.payload["notification"]["tag"] for push in shown}) == 2


def test_what_is_read_takes_the_place_of_what_waits_only_where_nothing_else_does(
    service: PushService, subscribe: Subscribe, alice: User, bob: User, room: Room
) -> None:
    subscribe(bob, service.subscribe())
    mention(alice, room, "tide", "crane")
    first, second = Notification.objects.filter(user=bob).order_by("pk")

    for row in (first, second):
        mark_read(actor=bob, notification_id=row.pk)
        run_due_jobs()

    shown, _, one, all_of_them = service.received
    assert one.payload["close"] == [str(first.pk)] and "topic" not in one.headers
    assert all_of_them.payload["close"] == ["summary", str(second.pk)]
    assert all_of_them.headers["topic"] == shown.headers["topic"]


@pytest.mark.parametrize(("rooms", "leads_to"), [(1, "the message"), (2, "the list")])
def test_what_could_not_be_pushed_comes_in_one_once_the_service_is_back(
    service: PushService,
    subscribe: Subscribe,
    alice: User,
    bob: User,
    room: Room,
    pier: Room,
    rooms: int,
    leads_to: str,
) -> None:
    subscribe(bob, secrets := service.subscribe())
    answer = service.answers["/push/1"]
    service.refuse(secrets, "503 Unavailable")
    for place in (room, pier)[:rooms]:
        mention(alice, place, "tide", "crane", "fog", "gale")
    asked = len(service.asked)
    service.answers["/push/1"] = answer

    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=True):
        run_due_jobs()

    assert asked == 1
    [push] = service.received
    assert read_shown(push)[0] == f"{4 * rooms} new notifications"
    assert push.headers["urgency"] == "high"
    latest = Notification.objects.filter(user=bob).latest("activity_id")
    path = "/notifications/" if leads_to == "the list" else f"/rooms/{room.pk}/messages/{latest.subject}/"
    assert push.payload["notification"]["navigate"] == f"https://atrium.example{path}"
