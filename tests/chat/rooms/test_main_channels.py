"""Channels that belong to a main channel: who sees them, how they are named, and that leaving one leaves all."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import Organisation, User
from chat.models import Room, RoomMember
from chat.rooms.services.members import add_member
from chat.rooms.services.membership import join_room, leave_room
from chat.rooms.services.rooms import archive_room, create_room, delete_room
from chat.rooms.services.storing import lock_users, save_room
from lib.web.errors import Conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def main_channel(alice: User, halyard: Organisation) -> Room:
    return open_main_channel(alice, halyard)


def open_main_channel(actor: User, organisation: Organisation, *, members_only: bool = True) -> Room:
    room = Room(
        organisation=organisation,
        kind=Room.Kind.CHANNEL,
        name="general",
        created_by=actor,
        members_only=members_only,
    )
    room.main_channel = room
    with transaction.atomic():
        save_room(room, lock_users(organisation, actor, []), admins={actor.pk})
    return room


def open_channel(actor: User, main_channel: Room, name: str = "plans", kind: str = "channel") -> Room:
    slug = main_channel.organisation.slug
    return create_room(actor=actor, slug=slug, kind=kind, name=name, project_id=main_channel.pk)


def test_only_members_of_the_main_channel_see_its_channels(alice: User, bob: User, main_channel: Room) -> None:
    plans = open_channel(alice, main_channel)
    assert plans.members_only
    assert not Room.objects.visible_to(bob).filter(main_channel=main_channel).exists()
    with pytest.raises(Room.DoesNotExist):
        join_room(actor=bob, room_id=plans.pk)

    add_member(actor=alice, room_id=main_channel.pk, user_id=bob.pk)

    assert set(Room.objects.visible_to(bob).filter(main_channel=main_channel)) == {main_channel, plans}
    assert join_room(actor=bob, room_id=plans.pk) == plans


def test_all_of_the_organisation_see_the_channels_of_an_open_one(
    alice: User, bob: User, charlie: User, halyard: Organisation
) -> None:
    plans = open_channel(alice, open_main_channel(alice, halyard, members_only=False))

    assert Room.objects.visible_to(bob).filter(pk=plans.pk).exists()
    assert not Room.objects.visible_to(charlie).filter(pk=plans.pk).exists()


def test_names_are_taken_once_in_each_project_and_outside(alice: User, halyard: Organisation) -> None:
    first, second = open_main_channel(alice, halyard), open_main_channel(alice, halyard)

    assert [open_channel(alice, each).name for each in (first, second)] == ["plans", "plans"]
    create_room(actor=alice, slug=halyard.slug, kind="channel", name="plans")
    with pytest.raises(Conflict):
        open_channel(alice, first, "Plans")


def test_nobody_opens_channels_in_a_project_that_they_are_not_in(
    bob: User, charlie: User, halyard: Organisation, main_channel: Room
) -> None:
    with pytest.raises(ValidationError):
        open_channel(bob, main_channel)
    with pytest.raises(ValidationError):
        create_room(actor=bob, slug=halyard.slug, kind="channel", name="plans", project_id=charlie.pk)


def test_nobody_is_added_to_a_channel_of_a_project_that_they_are_not_in(
    alice: User, bob: User, main_channel: Room
) -> None:
    plans = open_channel(alice, main_channel, kind="group")

    with pytest.raises(ValidationError):
        add_member(actor=alice, room_id=plans.pk, user_id=bob.pk)
    with pytest.raises(ValidationError):
        create_room(
            actor=alice,
            slug=main_channel.organisation.slug,
            kind="group",
            name="inner",
            member_ids=[bob.pk],
            project_id=main_channel.pk,
        )


def test_who_leaves_the_main_channel_leaves_all(alice: User, bob: User, main_channel: Room) -> None:
    plans, inner = open_channel(alice, main_channel), open_channel(alice, main_channel, "inner", "group")
    for room in (main_channel, plans, inner):
        add_member(actor=alice, room_id=room.pk, user_id=bob.pk)

    leave_room(actor=bob, room_id=main_channel.pk)

    assert not RoomMember.objects.filter(user=bob, room__main_channel=main_channel).exists()
    assert {room.member_count for room in Room.objects.filter(main_channel=main_channel)} == {1}


def test_the_main_channel_stays(alice: User, main_channel: Room) -> None:
    for change in (archive_room, delete_room):
        with pytest.raises(PermissionDenied):
            change(actor=alice, room_id=main_channel.pk)
