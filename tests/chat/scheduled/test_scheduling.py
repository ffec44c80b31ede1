"""Messages that are kept to be sent later, and changed before."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import User
from chat.models import MAX_SCHEDULED, Message, Room, ScheduledMessage
from chat.rooms.services.rooms import archive_room
from chat.scheduled.services import schedule_message
from lib.realtime.hub import Event
from tests.chat.scheduled.conftest import NOW, SOON
from tests.chat.steps import frames, say
from tests.conftest import ApiClient, ApiFor
from tests.factories import make_room

BODY = {"content": "Good morning", "send_at": "2026-11-30T09:00", "time_zone": "Europe/Berlin"}


def test_a_message_is_kept_with_the_wall_time_of_its_zone(ann: ApiClient, room: Room, message: Message) -> None:
    reply_to = str(message.pk)
    kept = ann.call("POST", f"/rooms/{room.pk}/scheduled", BODY | {"reply_to": reply_to}).json()
    thread = {"thread_id": reply_to, "also_in_room": True, "send_at": "2026-11-28T09:00:00+01:00"}
    ann.call("POST", f"/rooms/{room.pk}/scheduled", BODY | thread)

    assert (kept["send_at"], kept["wall_time"]) == ("2026-11-30T08:00:00.000Z", "2026-11-30T09:00:00")
    assert (kept["time_zone"], kept["state"], kept["failure"]) == ("Europe/Berlin", "waiting", None)
    assert kept["quote"] == {"id": reply_to, "name": "Alice", "excerpt": "Tea?"}
    listed = ann.call("GET", "/me/scheduled?org=halyard").json()["items"]
    assert [(item["wall_time"], item["thread_id"]) for item in listed] == [
        ("2026-11-28T09:00:00", reply_to),
        ("2026-11-30T09:00:00", None),
    ]
    assert ann.call("GET", "/me/scheduled?org=elsewhere").json()["items"] == []
    assert Message.objects.filter(room=room).count() == 1


def test_without_a_zone_it_is_the_users_own_and_a_later_one_changes_nothing(
    ann: ApiClient, alice: User, room: Room
) -> None:
    ann.call("PATCH", "/me", {"time_zone": "Asia/Tokyo"})
    ann.call("POST", f"/rooms/{room.pk}/scheduled", {"content": "hi", "send_at": "2026-11-30T09:00"})
    ann.call("PATCH", "/me", {"time_zone": "America/New_York"})

    item = ann.call("GET", "/me/scheduled").json()["items"][0]
    assert (item["send_at"], item["time_zone"]) == ("2026-11-30T00:00:00.000Z", "Asia/Tokyo")


@pytest.mark.parametrize(
    "change",
    [
        {"send_at": "2026-11-27T10:30:30Z"},
        {"send_at": "2026-11-27T10:00:00Z"},
        {"send_at": "1999-01-01T00:00:00"},
        {"send_at": "0001-01-01T00:00:00"},
        {"send_at": "9999-12-31T23:59:59"},
        {"send_at": "2027-11-30T09:00:00Z"},
        {"send_at": "soon"},
        {"time_zone": "Mars/Base"},
        {"content": "  "},
        {"content": "a" * 10_001},
        {"reply_to": str(uuid4())},
        {"thread_id": str(uuid4())},
    ],
)
def test_what_cannot_be_sent_then_is_refused(ann: ApiClient, room: Room, change: dict[str, str]) -> None:
    answer = ann.call("POST", f"/rooms/{room.pk}/scheduled", BODY | change)

    assert answer.status_code == 422
    assert not ScheduledMessage.objects.exists()


def test_a_minute_ahead_is_soon_enough(ann: ApiClient, room: Room) -> None:
    body = BODY | {"send_at": (NOW + timedelta(minutes=1)).isoformat()}

    assert ann.call("POST", f"/rooms/{room.pk}/scheduled", body).status_code == 201


def test_repeating_a_client_id_keeps_one(ann: ApiClient, alice: User, room: Room) -> None:
    path, body = f"/rooms/{room.pk}/scheduled", BODY | {"client_id": "c1"}
    first, again, other = (ann.call("POST", path, body | more) for more in ({}, {}, {"content": "Good evening"}))

    assert [answer.status_code for answer in (first, again, other)] == [201, 200, 409]
    assert first.json() == again.json()
    say(alice, room, "sent", client_id="c2")
    assert ann.call("POST", path, body | {"client_id": "c2"}).status_code == 409


def test_nobody_else_sees_or_changes_it(ann: ApiClient, api_for: ApiFor, bob: User, charlie: User, room: Room) -> None:
    kept = ann.call("POST", f"/rooms/{room.pk}/scheduled", BODY).json()

    for client in (api_for(bob), api_for(charlie)):
        assert client.call("GET", "/me/scheduled").json()["items"] == []
        assert client.call("PATCH", f"/scheduled/{kept['id']}", {"content": "mine"}).status_code == 404
        assert client.call("POST", f"/scheduled/{kept['id']}/send").status_code == 404
        assert client.call("DELETE", f"/scheduled/{kept['id']}").status_code == 404
    assert api_for(charlie).call("POST", f"/rooms/{room.pk}/scheduled", BODY).status_code == 404


def test_where_nobody_may_write_nothing_is_scheduled(ann: ApiClient, alice: User, room: Room) -> None:
    archive_room(actor=alice, room_id=room.pk)

    assert ann.call("POST", f"/rooms/{room.pk}/scheduled", BODY).status_code == 403


def test_text_and_time_are_changed(ann: ApiClient, room: Room) -> None:
    kept = ann.call("POST", f"/rooms/{room.pk}/scheduled", BODY).json()
    path = f"/scheduled/{kept['id']}"

    assert ann.call("PATCH", path, {"content": "Good day\n"}).json()["content"] == "Good day"
    moved = ann.call("PATCH", path, {"send_at": "2026-12-01T09:00", "time_zone": "Europe/London"}).json()
    assert (moved["send_at"], moved["content"]) == ("2026-12-01T09:00:00.000Z", "Good day")
    for refused in ({"content": " "}, {"send_at": "2026-11-27T10:00:00Z"}):
        assert ann.call("PATCH", path, refused).status_code == 422
    assert ann.call("PATCH", path, {"content": None}).status_code == 422


def test_while_it_is_being_sent_it_stays_as_it_is(ann: ApiClient, room: Room) -> None:
    kept = ann.call("POST", f"/rooms/{room.pk}/scheduled", BODY).json()
    ScheduledMessage.objects.update(state=ScheduledMessage.State.SENDING, claimed_at=NOW)

    for method, path, body in (("PATCH", "", {"content": "no"}), ("DELETE", "", None), ("POST", "/send", None)):
        assert ann.call(method, f"/scheduled/{kept['id']}{path}", body).status_code == 409


def test_own_sockets_alone_are_told(
    ann: ApiClient,
    alice: User,
    room: Room,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        kept = ann.call("POST", f"/rooms/{room.pk}/scheduled", BODY).json()
        ann.call("DELETE", f"/scheduled/{kept['id']}")

    saved, deleted = frames(published)
    assert (saved["type"], saved["scheduled"]) == ("scheduled.saved", kept)
    assert (deleted["type"], deleted["id"], deleted["is_sent"]) == ("scheduled.deleted", kept["id"], False)
    assert {event.topic for event in published} == {f"user:{alice.pk}"}


def test_there_are_limits(alice: User, bob: User, room: Room) -> None:
    values: dict[str, Any] = {"user": alice, "organisation": room.organisation, "room": room, "content": "x"}
    ScheduledMessage.objects.bulk_create(
        [ScheduledMessage(**values, send_at=SOON, wall_time="", time_zone="UTC") for _ in range(MAX_SCHEDULED)]
    )

    with pytest.raises(ValidationError):
        schedule_message(actor=alice, room_id=room.pk, content="x", send_at=SOON)
    schedule_message(actor=bob, room_id=room.pk, content="x", send_at=SOON)


def test_a_hidden_room_is_missing(alice: User, bob: User, room: Room) -> None:
    hidden = make_room(room.organisation, "hidden", admin=bob)

    with pytest.raises(ObjectDoesNotExist):
        schedule_message(actor=alice, room_id=hidden.pk, content="x", send_at=SOON)


def test_many_cost_what_one_costs(
    ann: ApiClient, alice: User, bob: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    said = say(bob, room)
    for _ in range(12):
        schedule_message(actor=alice, room_id=room.pk, content="x", send_at=SOON, reply_to=said.pk)
    ann.call("GET", "/me/scheduled")

    with django_assert_num_queries(3):  # token, messages, files
        assert len(ann.call("GET", "/me/scheduled").json()["items"]) == 12
