"""Organisations of several sizes, by rows alone: what services would leave, without the announcements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from django.utils import timezone

from accounts.models import Membership, Organisation, User
from accounts.organisations.services.organisations import create_organisation
from chat.models import Room, RoomMember
from chat.rooms.services.rooms import create_room
from lib.db.counts import change_count
from tests.benchmarks.atrium import fill

BATCH = 2000
# A sentence in each room, so that all of them are in the sidebar; every third is unread.
READ_ROOMS = 3
_numbers = count(1)


def make_organisation(size: int) -> tuple[Organisation, list[User]]:
    """Create an organisation of `size` people, who are all in its `general` channel."""
    number = next(_numbers)
    people = User.objects.bulk_create(
        [
            User(
                email=f"person-{number}-{n}@example.com",
                username=f"person-{number}-{n}",
                name=f"Person {n} of {number}",
                password="!",
            )
            for n in range(size)
        ],
        batch_size=BATCH,
    )
    organisation = create_organisation(actor=people[0], name=f"Harbour {number}", slug=f"harbour-{number}")
    members = [Membership(organisation=organisation, user=person) for person in people[1:]]
    Membership.objects.bulk_create(members, batch_size=BATCH)
    Organisation.objects.filter(pk=organisation.pk).update(member_count=size)
    add_members(Room.objects.get(organisation=organisation, is_general=True), people[1:])
    return organisation, people


def add_members(room: Room, people: Sequence[User]) -> None:
    """Add people to a room who have read all of it."""
    members = [RoomMember(room=room, user=person, last_read_seq=room.last_seq) for person in people]
    RoomMember.objects.bulk_create(members, batch_size=BATCH)
    change_count(Room, "member_count", len(members), ids=[room.pk])


def open_rooms(organisation: Organisation, people: Sequence[User], number: int) -> list[Room]:
    """Create groups of these people with a message each; every third is unread by all but the author."""
    rooms = []
    for n in range(number):
        room = create_room(actor=people[0], slug=organisation.slug, kind=Room.Kind.GROUP, name=f"room {n:04}")
        add_members(room, people[1:])
        write_messages(room, people[:1], 1, read=0 if n % READ_ROOMS == 0 else 1)
        rooms.append(room)
    return rooms


def write_messages(room: Room, people: Sequence[User], number: int, *, read: int | None = None) -> None:
    """Write messages into a room of which the members have read `read`, or all."""
    fill(room, list(people), number)
    RoomMember.objects.filter(room=room).update(last_read_seq=number if read is None else read)
    newest = timezone.now() - timedelta(minutes=number)
    Room.objects.filter(pk=room.pk).update(last_seq=number, version=number, last_message_at=newest)
