"""How far somebody has read."""

import orjson
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.read import mark_read
from chat.models import Room, RoomMember
from chat.rooms.services.rooms import archive_room
from chat.sidebar.queries import sidebar_for
from chat.unread import unread_mentions
from lib.realtime.hub import Event
from tests.chat.steps import say


def test_reading_goes_forth_and_back_but_not_past_the_end(alice: User, bob: User, room: Room) -> None:
    for _ in range(3):
        say(alice, room)

    for seq, kept in ((2, 2), (0, 0), (99, 3), (1, 1)):
        state = mark_read(actor=bob, room_id=room.pk, seq=seq)
        member = RoomMember.objects.get(room=room, user=bob)
        assert (state.seq, state.unread, member.last_read_seq) == (kept, 3 - kept, kept)


def count_mentions(user: User, room: Room) -> list[int]:
    """How many unread mentions a user has in a room, wherever that is counted."""
    sidebar = sidebar_for(user=user, organisation=room.organisation)
    in_sidebar = sum(line.mentions for line in sidebar.rooms if line.id == room.pk)
    in_menu = sum(line.badge for line in sidebar.organisations)
    mark = RoomMember.objects.get(room=room, user=user).last_read_seq
    when_read = mark_read(actor=user, room_id=room.pk, seq=mark).mentions
    return [unread_mentions(user).get(room.pk, 0), in_sidebar, in_menu, when_read]


def test_a_mention_counts_until_it_is_read(alice: User, bob: User, room: Room) -> None:
    for text in ("@bob, tea?", "Anybody?", "@bob, cake?"):
        say(alice, room, text)

    for seq, unread in ((0, 2), (1, 1), (2, 1), (3, 0), (2, 1), (0, 2)):
        mark_read(actor=bob, room_id=room.pk, seq=seq)
        assert (seq, count_mentions(bob, room)) == (seq, [unread] * 4)


def test_mentions_in_an_archived_room_count_in_no_badge(alice: User, bob: User, room: Room) -> None:
    say(alice, room, "@bob, tea?")
    archive_room(actor=alice, room_id=room.pk)

    [organisation] = sidebar_for(user=bob, organisation=room.organisation).organisations

    assert (organisation.badge, organisation.attention) == (0, 0)


def test_a_mention_that_is_deleted_or_edited_out_no_longer_counts(alice: User, bob: User, room: Room) -> None:
    first, second, third = (say(alice, room, f"@bob {n}") for n in range(3))

    delete_message(actor=alice, message_id=first.pk)
    assert count_mentions(bob, room) == [2] * 4
    edit_message(actor=alice, message_id=second.pk, content="nobody")
    assert count_mentions(bob, room) == [1] * 4
    edit_message(actor=alice, message_id=second.pk, content="@bob again")
    assert count_mentions(bob, room) == [2] * 4
    for message in (second, third):
        delete_message(actor=alice, message_id=message.pk)
    assert count_mentions(bob, room) == [0] * 4


def test_reading_tells_ones_other_sockets_only(
    alice: User,
    bob: User,
    room: Room,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    say(alice, room)
    with django_capture_on_commit_callbacks(execute=True):
        mark_read(actor=bob, room_id=room.pk, seq=1)

    [event] = published
    assert event.topic == f"user:{bob.pk}"
    assert orjson.loads(event.frame)["unread"] == 0
