"""Joining and leaving rooms, and who is in them as what."""

import orjson
import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from chat import hooks
from chat.models import Room, RoomMember
from chat.rooms.services.members import add_member, change_member_role, remove_member
from chat.rooms.services.membership import join_room, leave_room
from chat.rooms.services.rooms import create_room, open_direct_room
from lib.realtime.hub import Event
from tests.chat.rooms.opening import open_channel
from tests.factories import make_membership, make_room, make_user


def test_joining_a_channel_starts_with_nothing_unread(alice: User, bob: User, halyard: Organisation) -> None:
    channel = open_channel(alice)
    Room.objects.filter(pk=channel.pk).update(last_seq=7)

    join_room(actor=bob, room_id=channel.pk)
    join_room(actor=bob, room_id=channel.pk)

    assert RoomMember.objects.get(room=channel, user=bob).last_read_seq == 7


def test_groups_cannot_be_joined_by_oneself(alice: User, bob: User, halyard: Organisation) -> None:
    group = create_room(actor=alice, slug="halyard", kind="group", name="secret")

    with pytest.raises(ObjectDoesNotExist):
        join_room(actor=bob, room_id=group.pk)


def test_the_last_admin_hands_over_when_leaving(alice: User, bob: User, room: Room) -> None:
    leave_room(actor=alice, room_id=room.pk)

    assert RoomMember.objects.get(room=room, user=bob).role == "admin"


def test_a_human_inherits_a_room_before_an_agent_who_came_earlier(
    alice: User, bob: User, robin: User, halyard: Organisation
) -> None:
    room = make_room(halyard, "inherited", admin=alice, members=[robin, bob])

    leave_room(actor=alice, room_id=room.pk)

    assert list(room.members.filter(role="admin").values_list("user__name", flat=True)) == ["Bob"]


def test_a_direct_room_cannot_be_left_or_entered(alice: User, bob: User, robin: User, halyard: Organisation) -> None:
    room, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])

    with pytest.raises(PermissionDenied):
        leave_room(actor=alice, room_id=room.pk)
    with pytest.raises(PermissionDenied):
        add_member(actor=alice, room_id=room.pk, user_id=robin.pk)


def test_members_bring_others_in_but_only_admins_appoint_admins(bob: User, room: Room, halyard: Organisation) -> None:
    dora = make_user("Dora")
    make_membership(halyard, dora)

    with pytest.raises(PermissionDenied):
        add_member(actor=bob, room_id=room.pk, user_id=dora.pk, role="admin")
    assert add_member(actor=bob, room_id=room.pk, user_id=dora.pk).role == "member"


def test_only_admins_change_roles_and_show_out(alice: User, bob: User, robin: User, charlie: User, room: Room) -> None:
    with pytest.raises(PermissionDenied):
        change_member_role(actor=bob, room_id=room.pk, user_id=bob.pk, role="admin")
    with pytest.raises(PermissionDenied):
        remove_member(actor=bob, room_id=room.pk, user_id=robin.pk)
    with pytest.raises(ObjectDoesNotExist):
        remove_member(actor=charlie, room_id=room.pk, user_id=robin.pk)

    assert change_member_role(actor=alice, room_id=room.pk, user_id=bob.pk, role="admin").role == "admin"
    remove_member(actor=alice, room_id=room.pk, user_id=robin.pk)
    assert room.members.count() == 2


def test_a_room_keeps_an_admin(alice: User, room: Room) -> None:
    with pytest.raises(PermissionDenied):
        change_member_role(actor=alice, room_id=room.pk, user_id=alice.pk, role="member")


def test_administrators_of_the_organisation_leave_a_channel_its_admin(
    alice: User, bob: User, halyard: Organisation
) -> None:
    channel = open_channel(bob)

    with pytest.raises(PermissionDenied):
        change_member_role(actor=alice, room_id=channel.pk, user_id=bob.pk, role="member")
    assert RoomMember.objects.get(room=channel, user=bob).role == "admin"


def test_leaving_the_organisation_leaves_its_rooms(
    bob: User,
    room: Room,
    halyard: Organisation,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        hooks.member_left(organisation=halyard, user=bob)

    assert not RoomMember.objects.filter(user=bob).exists()
    assert f"room:{room.pk}" in {event.argument for event in published if event.action == "unsubscribe"}


def test_a_removed_member_is_cut_off_before_the_room_hears_of_it(
    alice: User,
    bob: User,
    room: Room,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        remove_member(actor=alice, room_id=room.pk, user_id=bob.pk)

    steps = [(event.topic, event.action) for event in published]
    assert steps[0] == (f"user:{bob.pk}", "unsubscribe")
    frames = [orjson.loads(event.frame) for event in published if event.frame]
    assert frames[0] == {"type": "room.removed", "room": str(room.pk)}
    assert frames[1]["type"] == "member.left"
