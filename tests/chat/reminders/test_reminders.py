"""Reminders of messages and of notes: at their time, once, for the user who made them alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from time_machine import TimeMachineFixture

from accounts.models import Organisation, User
from chat.messages.services.edit import delete_message
from chat.models import MAX_REMINDERS, Message, Reminder, Room
from chat.reminders.jobs import renew_reminder_times
from chat.reminders.services import change_reminder, finish_reminder, remind_of_message, remind_of_note
from chat.reminders.telling import sweep_due_reminders, tell_reminder
from chat.rooms.services.members import remove_member
from lib.jobs import run_due_jobs
from lib.realtime.hub import Event
from notifications.models import Notification
from tests.chat.reminders.conftest import NOW, SOON
from tests.chat.steps import frames, say
from tests.conftest import ApiClient, ApiFor

WHEN = {"remind_at": "2026-11-30T09:00", "time_zone": "Europe/Berlin"}


def read_inbox(rest: ApiClient) -> list[tuple[str, str]]:
    items = rest.call("GET", "/notifications").json()["items"]
    return [(item["title"], item["message"]) for item in items]


def test_a_message_has_one_reminder_which_moves(ann: ApiClient, message: Message) -> None:
    path = f"/messages/{message.pk}/reminder"
    first = ann.call("PUT", path, WHEN).json()
    moved = ann.call("PUT", path, {"remind_at": "2026-12-01T09:00:00Z"}).json()

    assert (first["remind_at"], first["wall_time"]) == ("2026-11-30T08:00:00.000Z", "2026-11-30T09:00:00")
    assert first["message"]["content"] == "Tea?"
    assert (moved["id"], moved["remind_at"]) == (first["id"], "2026-12-01T09:00:00.000Z")
    assert [item["id"] for item in ann.call("GET", "/me/reminders?org=halyard").json()["items"]] == [first["id"]]
    for _ in range(2):
        assert ann.call("DELETE", path).status_code == 204
    assert ann.call("GET", "/me/reminders").json()["items"] == []


def test_a_job_tells_of_it_at_its_time(api_for: ApiFor, bob: User, message: Message, clock: TimeMachineFixture) -> None:
    remind_of_message(actor=bob, message_id=message.pk, remind_at=SOON, note="ask again")
    run_due_jobs()
    assert not Notification.objects.exists()

    clock.move_to(SOON, tick=False)
    run_due_jobs()

    assert read_inbox(api_for(bob)) == [("Reminder: ask again", "Alice: Tea?")]
    assert sweep_due_reminders() == 0
    assert not tell_reminder(Reminder.objects.get().pk)
    assert Notification.objects.count() == 1
    assert Reminder.objects.get().reminded_at == SOON


@pytest.mark.parametrize("note", ["", "ask again"])
def test_a_message_that_is_gone_is_told_without_its_text(
    api_for: ApiFor, alice: User, bob: User, message: Message, clock: TimeMachineFixture, note: str
) -> None:
    other = say(alice, message.room, "Coffee?")
    for each in (message, other):
        remind_of_message(actor=bob, message_id=each.pk, remind_at=SOON, note=note)
    delete_message(actor=alice, message_id=message.pk)
    clock.move_to(SOON, tick=False)
    sweep_due_reminders()
    remove_member(actor=alice, room_id=message.room_id, user_id=bob.pk)

    title = f"Reminder: {note}" if note else "Reminder"
    rest = api_for(bob)
    assert read_inbox(rest) == [(title, "The message was deleted, or you can’t see it any more.")] * 2
    listed = rest.call("GET", "/me/reminders").json()["items"]
    assert [(item["message"], item["is_of_message"], item["room_id"]) for item in listed] == [(None, True, None)] * 2
    assert "Tea" not in str(listed) and "Coffee" not in str(listed)


def test_a_note_leads_to_its_room(api_for: ApiFor, bob: User, room: Room, clock: TimeMachineFixture) -> None:
    body = {"note": " Water  the plants ", "remind_at": SOON.isoformat(), "room_id": str(room.pk)}
    made = api_for(bob).call("POST", "/orgs/halyard/reminders", body)
    clock.move_to(SOON, tick=False)
    sweep_due_reminders()

    assert (made.status_code, made.json()["note"]) == (201, "Water the plants")
    assert Notification.objects.get().url == f"/rooms/{room.pk}/"
    assert read_inbox(api_for(bob)) == [("Reminder: Water the plants", "")]


def test_put_off_and_done_also_end_the_notification(bob: User, message: Message, clock: TimeMachineFixture) -> None:
    reminder = remind_of_message(actor=bob, message_id=message.pk, remind_at=SOON)
    clock.move_to(SOON, tick=False)
    tell_reminder(reminder.pk)
    moved = change_reminder(actor=bob, reminder_id=reminder.pk, remind_at=SOON + timedelta(hours=1))

    assert moved.reminded_at is None
    assert Notification.objects.get().read_at is not None
    clock.move_to(SOON + timedelta(hours=1), tick=False)
    run_due_jobs()
    assert Notification.objects.filter(read_at=None).count() == 1
    finish_reminder(actor=bob, reminder_id=reminder.pk)
    assert not Notification.objects.filter(read_at=None).exists()
    assert not Reminder.objects.exists()


def test_strangers_cannot_see_or_make_it(
    ann: ApiClient, api_for: ApiFor, bob: User, charlie: User, message: Message
) -> None:
    made = ann.call("PUT", f"/messages/{message.pk}/reminder", WHEN).json()
    stranger = api_for(charlie)

    for client in (stranger, api_for(bob)):
        assert client.call("PATCH", f"/reminders/{made['id']}", WHEN).status_code == 404
        assert client.call("DELETE", f"/reminders/{made['id']}").status_code == 404
        assert client.call("GET", "/me/reminders").json()["items"] == []
    assert stranger.call("PUT", f"/messages/{message.pk}/reminder", WHEN).status_code == 404
    assert stranger.call("DELETE", f"/messages/{message.pk}/reminder").status_code == 404
    assert stranger.call("POST", "/orgs/halyard/reminders", WHEN | {"note": "x"}).status_code == 404
    body = WHEN | {"note": "x", "room_id": str(message.room_id)}
    assert stranger.call("POST", "/orgs/elsewhere/reminders", body).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"remind_at": "2026-11-27T10:30:00Z"}, {"remind_at": "2027-12-01T09:00"}, {"time_zone": "Mars/Base"},
        {"note": " "}, {"note": "a" * 501},
    ],
)  # fmt: skip
def test_what_is_no_reminder_is_refused(ann: ApiClient, halyard: Organisation, change: dict[str, str]) -> None:
    assert ann.call("POST", "/orgs/halyard/reminders", WHEN | {"note": "x"} | change).status_code == 422


def test_there_are_limits(alice: User, halyard: Organisation, message: Message) -> None:
    values: dict[str, Any] = {"user": alice, "organisation": halyard, "remind_at": SOON, "time_zone": "UTC"}
    Reminder.objects.bulk_create([Reminder(**values) for _ in range(MAX_REMINDERS)])

    with pytest.raises(ValidationError):
        remind_of_note(actor=alice, slug="halyard", note="x", remind_at=SOON)
    with pytest.raises(ValidationError):
        remind_of_message(actor=alice, message_id=message.pk, remind_at=SOON)


def test_own_sockets_alone_are_told(
    ann: ApiClient,
    alice: User,
    message: Message,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = ann.call("PUT", f"/messages/{message.pk}/reminder", WHEN).json()
        ann.call("DELETE", f"/reminders/{made['id']}")

    saved, deleted = frames(published)
    assert (saved["type"], saved["reminder"]["id"]) == ("reminder.saved", made["id"])
    assert (deleted["type"], deleted["id"]) == ("reminder.deleted", made["id"])
    assert {event.topic for event in published} == {f"user:{alice.pk}"}


def test_many_cost_what_one_costs(
    ann: ApiClient, bob: User, alice: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(12):
        remind_of_message(actor=alice, message_id=say(bob, room, f"{n}").pk, remind_at=SOON + timedelta(minutes=n))
    ann.call("GET", "/me/reminders")

    with django_assert_num_queries(2):  # token, reminders
        items = ann.call("GET", "/me/reminders").json()["items"]
    assert [item["message"]["content"] for item in items] == [f"{n}" for n in range(12)]


def run(rest: ApiClient, room: Room, text: str, **more: str) -> Any:
    return rest.call("POST", f"/rooms/{room.pk}/commands", {"text": text, "time_zone": "Europe/Berlin"} | more)


def test_the_command_reminds_of_a_note_of_a_message_and_of_the_room(ann: ApiClient, message: Message) -> None:
    room = message.room
    noted = run(ann, room, "/remind me tomorrow at 9 to water the *plants*").json()
    quoted = run(ann, room, "/remind me in 2 hours", reply_to=str(message.pk)).json()
    here = run(ann, room, "/remind mich am Montag").json()

    assert noted["notice"]["content"] == r"I’ll remind you on 28 Nov, 09:00: water the \*plants\*"
    assert quoted["notice"]["content"] == "I’ll remind you of this message on 27 Nov, 13:30."
    assert here["notice"]["content"] == "I’ll remind you of this room on 30 Nov, 09:00."
    made = {reminder.note: reminder for reminder in Reminder.objects.filter(message=None)}
    assert made["water the *plants*"].remind_at == NOW.replace(day=28, hour=8, minute=0)
    assert made[""].room_id == room.pk
    assert Reminder.objects.get(message=message).remind_at == NOW + timedelta(hours=2)
    assert Message.objects.count() == 1


@pytest.mark.parametrize("text", ["/remind", "/remind me at 5 to go", "/remind me every Monday to go"])
def test_an_unclear_command_is_answered_by_examples(ann: ApiClient, room: Room, text: str) -> None:
    answer = run(ann, room, text)

    assert answer.status_code == 422
    assert "/remind me tomorrow at 9 to water the plants" in answer.json()["errors"][0]["msg"]
    assert not Reminder.objects.exists()


def test_a_command_for_the_past_is_refused(ann: ApiClient, room: Room, message: Message) -> None:
    assert run(ann, room, "/remind me today at 9 to go").status_code == 422


def test_it_keeps_to_the_wall_where_a_zone_gets_other_rules(bob: User, message: Message) -> None:
    reminder = remind_of_message(actor=bob, message_id=message.pk, remind_at=SOON, time_zone="Europe/Berlin")
    Reminder.objects.update(remind_at=SOON - timedelta(hours=1))
    renew_reminder_times.func()

    reminder.refresh_from_db()
    assert reminder.remind_at == SOON
