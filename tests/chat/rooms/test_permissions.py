"""Who may write and who may bring others in: one answer, whoever asks for it."""

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from accounts.users.services.activation import deactivate_user
from chat.models import Room
from chat.rooms.permissions import writers_of
from chat.rooms.queries.people import people_to_add
from chat.rooms.queries.room_head import room_head
from chat.rooms.services.members import remove_member
from chat.rooms.services.membership import join_room
from chat.rooms.services.rooms import archive_room, open_direct_room, unarchive_room
from tests.factories import make_membership, make_room, make_user


def writes(user: User, room: Room) -> bool:
    """The one answer of all who give it."""
    room.refresh_from_db()
    [answer] = {
        user.pk in writers_of(room).user_ids,
        Room.objects.writable_by(user).filter(pk=room.pk).exists(),
        Room.objects.visible_to(user).filter(pk=room.pk).exists() and room_head(user=user, room_id=room.pk).can_post,
    }
    return answer


def test_members_write_until_they_are_shown_out(alice: User, bob: User, charlie: User, room: Room) -> None:
    assert writes(alice, room) and writes(bob, room)
    assert not writes(charlie, room)

    remove_member(actor=alice, room_id=room.pk, user_id=bob.pk)

    assert not writes(bob, room)


def test_a_visitor_of_a_channel_writes_once_they_have_joined(alice: User, bob: User, halyard: Organisation) -> None:
    channel = make_room(halyard, "open", admin=alice, kind="channel")
    assert not writes(bob, channel)

    join_room(actor=bob, room_id=channel.pk)

    assert writes(bob, channel)


def test_nobody_writes_while_a_room_is_archived(alice: User, room: Room) -> None:
    assert writes(alice, room)

    archive_room(actor=alice, room_id=room.pk)
    assert not writes(alice, room)

    unarchive_room(actor=alice, room_id=room.pk)
    assert writes(alice, room)


def test_whoever_is_locked_out_writes_nowhere(alice: User, bob: User, room: Room) -> None:
    assert writes(bob, room)

    type(alice).objects.filter(pk=alice.pk).update(role="admin")
    deactivate_user(actor=alice, user_id=bob.pk)

    assert not writes(bob, room)


def test_the_right_to_write_is_kept_without_a_query(
    bob: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    room.refresh_from_db()
    writers_of(room)

    with django_assert_num_queries(0):
        assert bob.pk in writers_of(room).user_ids


@pytest.mark.parametrize(
    ("place", "may"), [("group", True), ("visited", False), ("archived", False), ("direct", False)]
)
def test_whoever_writes_brings_others_in_but_not_into_a_direct_room(
    alice: User, bob: User, halyard: Organisation, room: Room, place: str, may: bool
) -> None:
    make_membership(halyard, make_user("Dora"))
    if place == "visited":
        room = make_room(halyard, "open", admin=alice, kind="channel")
    if place == "archived":
        archive_room(actor=alice, room_id=room.pk)
    if place == "direct":
        room, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])

    assert Room.objects.extensible_by(bob).filter(pk=room.pk).exists() is may
    assert people_to_add(user=bob, room=room).exists() is may
