"""Opening, naming and archiving rooms."""

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Membership, Organisation, User
from chat import hooks
from chat.models import Room, RoomMember
from chat.rooms.services.members import add_member
from chat.rooms.services.membership import join_room, leave_room
from chat.rooms.services.rooms import (
    archive_room,
    create_room,
    delete_room,
    open_direct_room,
    unarchive_room,
    update_room,
)
from chat.sidebar.queries import sidebar_for
from lib.realtime.hub import Event
from lib.web.errors import Conflict
from tests.chat.rooms.opening import open_channel


def test_its_maker_is_admin_of_a_room_and_the_invited_are_members(
    alice: User, bob: User, halyard: Organisation
) -> None:
    room = create_room(actor=alice, slug="halyard", kind="group", name="plans", member_ids=[bob.pk])

    assert dict(room.members.values_list("user__name", "role")) == {"Alice": "admin", "Bob": "member"}


def test_a_stranger_cannot_open_a_room_here(charlie: User, halyard: Organisation) -> None:
    with pytest.raises(ObjectDoesNotExist):
        open_channel(charlie)


def test_people_from_elsewhere_cannot_be_brought_in(
    alice: User, charlie: User, halyard: Organisation, room: Room
) -> None:
    with pytest.raises(ValidationError):
        open_channel(alice, member_ids=[charlie.pk])
    with pytest.raises(ValidationError):
        open_direct_room(actor=alice, slug="halyard", user_ids=[charlie.pk])
    with pytest.raises(ValidationError):
        add_member(actor=alice, room_id=room.pk, user_id=charlie.pk)


def test_channel_names_are_taken_once_whatever_the_case(alice: User, halyard: Organisation) -> None:
    open_channel(alice, "News")

    with pytest.raises(Conflict):
        open_channel(alice, "news")


def test_a_guest_opens_no_channel_and_browses_none(alice: User, bob: User, halyard: Organisation) -> None:
    Membership.objects.filter(user=bob).update(role="guest")
    channel = open_channel(alice)

    with pytest.raises(PermissionDenied):
        open_channel(bob, "mine")
    with pytest.raises(ObjectDoesNotExist):
        join_room(actor=bob, room_id=channel.pk)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "nul\x00"])
def test_rooms_need_a_proper_name(alice: User, halyard: Organisation, name: str) -> None:
    with pytest.raises(ValidationError):
        open_channel(alice, name)


def test_a_direct_room_is_found_again(alice: User, bob: User, halyard: Organisation) -> None:
    room, created = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])
    same, again = open_direct_room(actor=bob, slug="halyard", user_ids=[alice.pk, bob.pk])

    assert (created, again) == (True, False)
    assert room == same


def test_whoever_returns_to_the_organisation_is_let_into_their_direct_room(
    alice: User, bob: User, halyard: Organisation
) -> None:
    room, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])
    hooks.member_left(organisation=halyard, user=bob)

    open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])

    assert RoomMember.objects.filter(room=room, user=bob).exists()


def test_admins_rename_and_members_do_not(alice: User, bob: User, room: Room) -> None:
    assert update_room(actor=alice, room_id=room.pk, name="new", topic="talk").name == "new"
    with pytest.raises(PermissionDenied):
        update_room(actor=bob, room_id=room.pk, name="mine")


def test_a_stranger_finds_no_room_to_change(charlie: User, room: Room) -> None:
    for change in (update_room, archive_room, unarchive_room, delete_room, leave_room, join_room):
        with pytest.raises(ObjectDoesNotExist):
            change(actor=charlie, room_id=room.pk)


def test_administrators_of_the_organisation_tend_channels_but_not_groups_they_are_not_in(
    alice: User, bob: User, halyard: Organisation
) -> None:
    channel = open_channel(bob)
    group = create_room(actor=bob, slug="halyard", kind="group", name="private")

    assert archive_room(actor=alice, room_id=channel.pk).is_archived
    with pytest.raises(ObjectDoesNotExist):
        archive_room(actor=alice, room_id=group.pk)


def test_archiving_and_opening_again(alice: User, room: Room) -> None:
    assert archive_room(actor=alice, room_id=room.pk).is_archived
    assert not unarchive_room(actor=alice, room_id=room.pk).is_archived


def test_the_topic_of_general_is_in_the_language_of_the_owner(alice: User, halyard: Organisation) -> None:
    with translation.override("de"):
        hooks.organisation_created(owner=halyard.memberships.get(user=alice))

    assert Room.objects.get(is_general=True).topic == f"Alle in {halyard.name}"


def test_the_general_channel_comes_with_the_organisation_and_stays(
    alice: User, bob: User, halyard: Organisation
) -> None:
    hooks.organisation_created(owner=halyard.memberships.get(user=alice))
    general = Room.objects.get(is_general=True)
    hooks.member_joined(membership=halyard.memberships.get(user=bob))

    assert general.members.count() == 2
    for change in (archive_room, delete_room, leave_room):
        with pytest.raises(PermissionDenied):
            change(actor=alice, room_id=general.pk)


def test_the_general_channel_stands_first_whatever_it_is_called(alice: User, halyard: Organisation) -> None:
    open_channel(alice, "atlas")
    hooks.organisation_created(owner=halyard.memberships.get(user=alice))
    update_room(actor=alice, room_id=Room.objects.get(is_general=True).pk, name="Quay")

    assert [line.name for line in sidebar_for(user=alice, organisation=halyard).rooms] == ["Quay", "atlas"]


def test_a_new_group_is_announced_to_its_members_only(
    alice: User,
    bob: User,
    halyard: Organisation,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        create_room(actor=alice, slug="halyard", kind="group", name="plans", member_ids=[bob.pk])

    told = {event.topic for event in published if event.frame}
    assert told == {f"user:{alice.pk}", f"user:{bob.pk}"}


def test_whoever_may_browse_a_channel_hears_that_it_is_gone(
    alice: User,
    halyard: Organisation,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    channel = open_channel(alice)

    with django_capture_on_commit_callbacks(execute=True):
        delete_room(actor=alice, room_id=channel.pk)

    told = [event.topic for event in published if event.frame]
    assert told == [f"commons:{halyard.pk}"]
