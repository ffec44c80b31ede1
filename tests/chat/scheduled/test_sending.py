"""Messages that are sent at their time: once, as their author, with the rights that they have then."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult
from time_machine import TimeMachineFixture

from accounts.models import User
from accounts.organisations.services.members import remove_member as remove_from_organisation
from chat.drafts.services import save_draft
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.post import Posted
from chat.models import Mention, Message, Room, ScheduledMessage, StoredDraft
from chat.rooms.services.members import remove_member
from chat.rooms.services.rooms import archive_room, delete_room, unarchive_room
from chat.scheduled import sending, services
from chat.scheduled.jobs import renew_scheduled_times, send_scheduled_message
from chat.scheduled.sending import send_message_in_time, sweep_due_messages
from lib.jobs import run_due_jobs
from notifications.models import Notification
from tests.chat.scheduled.conftest import NOW, SOON
from tests.conftest import ApiFor, ClientFor

Change = Callable[[User, User, Room], object]


def schedule(actor: User, room: Room, content: str = "Good *morning*", **options: object) -> ScheduledMessage:
    kept, _ = services.schedule_message(actor=actor, room_id=room.pk, content=content, send_at=SOON, **options)  # type: ignore[arg-type]
    return kept


def test_it_is_sent_at_its_time_and_not_before(alice: User, bob: User, room: Room, clock: TimeMachineFixture) -> None:
    kept = schedule(bob, room, "Good *morning*, @alice")
    assert send_message_in_time(kept.pk) is None

    clock.move_to(SOON, tick=False)
    posted = send_message_in_time(kept.pk)

    assert isinstance(posted, Posted)
    assert (posted.message.author, posted.message.client_id) == (bob, kept.client_id)
    assert posted.message.created_at == SOON
    assert Mention.objects.get().user == alice
    assert not ScheduledMessage.objects.exists()
    assert send_message_in_time(kept.pk) is None
    assert Message.objects.count() == 1


def test_a_reply_and_a_quote_are_sent_where_they_belong(bob: User, message: Message, clock: TimeMachineFixture) -> None:
    room = message.room
    schedule(bob, room, "in the thread", thread_id=message.pk)
    schedule(bob, room, "in both", thread_id=message.pk, also_in_room=True, reply_to=message.pk)
    clock.move_to(SOON, tick=False)

    assert sweep_due_messages() == 2
    sent = {each.content: each for each in Message.objects.filter(author=bob)}
    assert (sent["in the thread"].thread_id, sent["in the thread"].seq) == (message.pk, None)
    assert (sent["in both"].reply_to_id, sent["in both"].seq) == (message.pk, 2)


def test_who_is_removed_is_told_by_a_notification_that_leads_where_they_may_go(
    client_for: ClientFor, alice: User, bob: User, room: Room, clock: TimeMachineFixture
) -> None:
    schedule(bob, room)
    remove_from_organisation(actor=alice, slug="halyard", user_id=bob.pk)
    clock.move_to(SOON, tick=False)
    sweep_due_messages()

    url = Notification.objects.get(user=bob).url
    assert client_for(bob).get(url, follow=True).status_code == 200
    assert "halyard" not in url


def test_another_time_moves_the_plan_and_leaves_nothing_of_the_earlier_one(bob: User, room: Room) -> None:
    kept = schedule(bob, room)
    for hours in (2, 1, 3):
        services.change_scheduled_message(actor=bob, scheduled_id=kept.pk, send_at=SOON + timedelta(hours=hours))

    row = DBTaskResult.objects.get(task_path=send_scheduled_message.module_path)
    assert (row.status, row.run_after) == ("READY", SOON + timedelta(hours=3))


def test_commands_are_not_run_later(bob: User, room: Room, clock: TimeMachineFixture) -> None:
    schedule(bob, room, "/leave")
    clock.move_to(SOON, tick=False)
    sweep_due_messages()

    assert Message.objects.get().content == "/leave"


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        (lambda alice, bob, room: remove_member(actor=alice, room_id=room.pk, user_id=bob.pk), "not_member"),
        (lambda alice, bob, room: remove_from_organisation(actor=alice, slug="halyard", user_id=bob.pk), "not_member"),
        (lambda alice, bob, room: archive_room(actor=alice, room_id=room.pk), "archived"),
        (lambda alice, bob, room: delete_room(actor=alice, room_id=room.pk), "room_gone"),
        (lambda alice, bob, room: User.objects.filter(pk=bob.pk).update(is_active=False), "deactivated"),
        (lambda alice, bob, room: User.objects.filter(pk=bob.pk).update(second_factor_due=True), "second_factor"),
    ],
)
def test_who_may_not_write_then_keeps_the_text_with_the_reason(
    alice: User, bob: User, room: Room, clock: TimeMachineFixture, change: Change, failure: str
) -> None:
    kept = schedule(bob, room)
    change(alice, bob, room)
    clock.move_to(SOON, tick=False)

    for _ in range(2):
        sweep_due_messages()

    kept.refresh_from_db()
    assert (kept.state, kept.failure, kept.content) == ("failed", failure, "Good *morning*")
    assert not Message.objects.exists()


def test_a_thread_that_cannot_begin_any_more(
    bob: User, alice: User, message: Message, clock: TimeMachineFixture
) -> None:
    kept = schedule(bob, message.room, thread_id=message.pk)
    delete_message(actor=alice, message_id=message.pk)
    clock.move_to(SOON, tick=False)
    sweep_due_messages()

    kept.refresh_from_db()
    assert kept.failure == "thread_gone"


def test_what_failed_waits_again_with_a_new_time(
    api_for: ApiFor, alice: User, bob: User, room: Room, clock: TimeMachineFixture
) -> None:
    kept = schedule(bob, room)
    archive_room(actor=alice, room_id=room.pk)
    clock.move_to(SOON, tick=False)
    rest = api_for(bob)
    sent = rest.call("POST", f"/scheduled/{kept.pk}/send").json()
    assert sent == {"message": None, "failure": "archived"}

    unarchive_room(actor=alice, room_id=room.pk)
    moved = rest.call("PATCH", f"/scheduled/{kept.pk}", {"send_at": "2026-11-27T13:00:00Z"}).json()
    assert (moved["state"], moved["failure"]) == ("waiting", None)
    clock.move_to(SOON + timedelta(hours=1), tick=False)
    sweep_due_messages()
    assert Message.objects.get().content == "Good *morning*"


def test_it_is_sent_now(api_for: ApiFor, bob: User, room: Room) -> None:
    kept = schedule(bob, room)
    sent = api_for(bob).call("POST", f"/scheduled/{kept.pk}/send").json()

    assert (sent["message"]["content"], sent["failure"]) == ("Good *morning*", None)
    assert api_for(bob).call("POST", f"/scheduled/{kept.pk}/send").status_code == 404


def test_a_process_that_died_between_posting_and_marking_sends_it_once(
    monkeypatch: pytest.MonkeyPatch, bob: User, room: Room, clock: TimeMachineFixture
) -> None:
    kept = schedule(bob, room)
    clock.move_to(SOON, tick=False)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(sending, "remove_message", _die)
        send_message_in_time(kept.pk)
    edit_message(actor=bob, message_id=Message.objects.get().pk, content="Good day")

    assert sweep_due_messages() == 0  # another process may be at it
    clock.move_to(SOON + timedelta(seconds=61), tick=False)
    assert sweep_due_messages() == 1
    assert Message.objects.get().content == "Good day"
    assert not ScheduledMessage.objects.exists()


def _die(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_after_a_long_night_all_is_sent_in_turn_but_not_at_once(
    monkeypatch: pytest.MonkeyPatch, bob: User, room: Room, clock: TimeMachineFixture
) -> None:
    monkeypatch.setattr(sending, "MAX_SWEPT", 2)
    for minutes in (3, 1, 2):
        services.schedule_message(
            actor=bob, room_id=room.pk, content=f"{minutes}", send_at=NOW + timedelta(minutes=minutes)
        )
    clock.move_to(NOW + timedelta(days=2), tick=False)

    assert [sweep_due_messages() for _ in range(3)] == [2, 1, 0]
    assert list(Message.objects.order_by("seq").values_list("content", flat=True)) == ["1", "2", "3"]


def test_it_goes_back_to_the_composer_above_what_was_typed_since(bob: User, message: Message) -> None:
    kept = schedule(bob, message.room, "first", reply_to=message.pk)
    save_draft(actor=bob, room_id=message.room_id, content="second")
    draft = services.return_to_composer(actor=bob, scheduled_id=kept.pk)

    assert (draft.content, draft.reply_to_id) == ("first\n\nsecond", message.pk)
    assert StoredDraft.objects.count() == 1
    assert not ScheduledMessage.objects.exists()


def test_a_job_sends_it_and_a_refusal_is_told(
    api_for: ApiFor, alice: User, bob: User, room: Room, clock: TimeMachineFixture
) -> None:
    moved = schedule(bob, room, "first")
    services.change_scheduled_message(actor=bob, scheduled_id=moved.pk, send_at=SOON - timedelta(minutes=30))
    deleted = schedule(bob, room, "never")
    services.delete_scheduled_message(actor=bob, scheduled_id=deleted.pk)
    kept = schedule(bob, room, "second")
    clock.move_to(SOON - timedelta(minutes=30), tick=False)
    run_due_jobs()
    assert [message.content for message in Message.objects.all()] == ["first"]

    archive_room(actor=alice, room_id=room.pk)
    clock.move_to(SOON, tick=False)
    run_due_jobs()

    told = api_for(bob).call("GET", "/notifications").json()["items"]
    assert [(item["title"], item["message"], item["type"]) for item in told] == [
        ("A message of yours could not be sent", "The room was archived.", "warning")
    ]
    services.delete_scheduled_message(actor=bob, scheduled_id=kept.pk)
    assert Notification.objects.get().read_at is not None


def test_it_keeps_to_the_wall_where_a_zone_gets_other_rules(bob: User, room: Room) -> None:
    moved, kept = schedule(bob, room, "nine", time_zone="Europe/Berlin"), schedule(bob, room, "ten")
    ScheduledMessage.objects.filter(pk=moved.pk).update(send_at=SOON - timedelta(hours=1))
    renew_scheduled_times.func()

    moved.refresh_from_db()
    kept.refresh_from_db()
    assert (moved.send_at, kept.send_at) == (SOON, SOON)
