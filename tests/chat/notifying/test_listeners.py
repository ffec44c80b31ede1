"""Who wants to hear of every message in a room is pushed or mailed it; nobody else is, and it costs no one else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Organisation, User
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.post import post_message
from chat.messages.services.read import mark_read
from chat.models import Room
from chat.rooms.services.own_settings import change_own_settings
from lib.jobs import run_due_jobs
from lib.lasting import FOREVER
from notifications.inbox.counts import count_unread
from notifications.models import Notification
from notifications.preferences.queries import choose_channels
from notifications.preferences.services import change_defaults, change_settings
from notifications.viewing import note_viewing
from tests.chat.steps import say

PUSHED = {"message": {"push": True}}


def told(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user).exclude(kind="room-added").values_list("kind", flat=True))


@pytest.mark.parametrize("level", ["all", "mentions", "nothing"])
@pytest.mark.parametrize("is_muted", [False, True])
@pytest.mark.parametrize("is_own", [False, True])
@pytest.mark.parametrize("looks", [False, True])
def test_only_who_wants_all_of_a_room_is_told(
    alice: User, bob: User, room: Room, *, level: str, is_muted: bool, is_own: bool, looks: bool
) -> None:
    change_settings(actor=bob, choices=PUSHED)
    muted_until = FOREVER if is_muted else None
    change_own_settings(actor=bob, room_id=room.pk, notification_level=level, muted_until=muted_until)
    if looks:
        note_viewing([(bob.pk, room.pk)])

    say(bob if is_own else alice, room, "Tea?")
    run_due_jobs()

    is_told = level == "all" and not (is_muted or is_own or looks)
    assert told(bob) == (["message"] if is_told else [])
    assert told(alice) == [], "who has chosen nothing is not"


def test_it_is_pushed_and_not_at_the_bell(alice: User, bob: User, room: Room) -> None:
    change_settings(actor=bob, choices=PUSHED)
    say(alice, room, "Tea?")
    run_due_jobs()

    [row] = Notification.objects.filter(user=bob)
    decision = choose_channels([row], timezone.now())[row.pk]
    assert (row.is_listed, count_unread(bob.pk)) == (False, 0)
    assert (decision.in_app, decision.push, decision.mail) == (False, True, False)

    mark_read(actor=bob, room_id=room.pk, seq=1)
    row.refresh_from_db()
    assert row.read_at is not None


def test_who_is_told_otherwise_is_told_once(alice: User, bob: User, room: Room) -> None:
    change_settings(actor=bob, choices={"message": {"mail": True}}, keywords=["cake"])
    root = say(bob, room, "Tea?")
    say(alice, room, "@bob")
    say(alice, room, "cake")
    post_message(actor=alice, room_id=room.pk, content="Yes", thread_id=root.pk, also_in_room=True)
    post_message(actor=alice, room_id=room.pk, content="No", thread_id=root.pk)
    run_due_jobs()

    assert sorted(told(bob)) == ["keyword", "mention", "reply"]


def test_an_edit_tells_none_and_a_deletion_takes_it_back(alice: User, bob: User, room: Room) -> None:
    message = say(alice, room, "Tea?")
    change_settings(actor=bob, choices=PUSHED)
    edit_message(actor=alice, message_id=message.pk, content="Coffee?")
    run_due_jobs()
    assert told(bob) == []

    other = say(alice, room, "Cake?")
    run_due_jobs()
    assert told(bob) == ["message"]
    delete_message(actor=alice, message_id=other.pk)
    assert told(bob) == []


def test_an_organisation_may_suggest_it(alice: User, bob: User, halyard: Organisation, room: Room) -> None:
    say(alice, room, "Tea?")
    change_defaults(actor=alice, slug="halyard", choices=PUSHED)
    say(alice, room, "Cake?")
    run_due_jobs()
    assert told(bob) == ["message"]

    change_settings(actor=bob, choices={"message": {"push": False}})
    say(alice, room, "Pie?")
    run_due_jobs()
    assert told(bob) == ["message"]


def test_a_room_without_such_members_pays_nothing(alice: User, bob: User, charlie: User, room: Room) -> None:
    def count_queries() -> int:
        say(alice, room, "warm")
        with CaptureQueriesContext(connection) as queries:
            say(alice, room, "A plain one")
        return len(queries)

    without = count_queries()
    change_settings(actor=charlie, choices=PUSHED)
    assert count_queries() == without
    change_settings(actor=bob, choices=PUSHED)
    assert count_queries() == without + 1, "the job"
