"""A kept page is what a new one would be, whatever has changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import Membership, Session, Status, User
from accounts.organisations.services.organisations import rename_organisation
from accounts.profiles.services.avatar import set_avatar
from accounts.profiles.services.profile import update_profile
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.pins import pin_message
from chat.messages.services.reactions import add_reaction
from chat.messages.services.read import mark_read
from chat.models import Message, Room, RoomMember
from chat.rooms.services.members import add_member, change_member_role, remove_member
from chat.rooms.services.membership import leave_room
from chat.rooms.services.rooms import archive_room, create_room, delete_room, update_room
from tests.accounts.pictures import halves, upload
from tests.chat.room_page.kept_page import Reader, forget_pages
from tests.chat.steps import say
from tests.conftest import ClientFor
from tests.factories import make_membership, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built")]


def first_message(room: Room) -> Message:
    return Message.objects.filter(room=room).earliest("seq")


Change = Callable[[Room, User, User], object]
CHANGES: dict[str, Change] = {
    "a message": lambda room, alice, bob: say(bob, room, "Fourth"),
    "a message elsewhere": lambda room, alice, bob: say(bob, Room.objects.get(kind="direct"), "Psst again"),
    "a mention elsewhere": lambda room, alice, bob: say(
        bob, create_room(actor=bob, slug="halyard", kind="group", name="deck", member_ids=[alice.pk]), "@alice"
    ),
    "an edit": lambda room, alice, bob: edit_message(actor=alice, message_id=first_message(room).pk, content="Edited"),
    "a deletion": lambda room, alice, bob: delete_message(actor=alice, message_id=first_message(room).pk),
    "a reaction": lambda room, alice, bob: add_reaction(actor=bob, message_id=first_message(room).pk, emoji="👍"),
    "a pin": lambda room, alice, bob: pin_message(actor=alice, message_id=first_message(room).pk),
    "reading": lambda room, alice, bob: mark_read(actor=bob, room_id=room.pk, seq=2),
    "unreading": lambda room, alice, bob: mark_read(actor=alice, room_id=room.pk, seq=1),
    "the author's name": lambda room, alice, bob: update_profile(actor=alice, name="Alice Anchor"),
    "the reader's name": lambda room, alice, bob: update_profile(actor=bob, name="Bob Boat"),
    "a picture": lambda room, alice, bob: set_avatar(actor=alice, file=upload(halves())),
    "a theme": lambda room, alice, bob: update_profile(actor=bob, theme="dark"),
    "a language": lambda room, alice, bob: update_profile(actor=bob, language="de"),
    "a time zone": lambda room, alice, bob: update_profile(actor=bob, time_zone="Asia/Tokyo"),
    "a status": lambda room, alice, bob: update_profile(actor=alice, status=Status("⛵", "Sailing", None)),
    "an availability": lambda room, alice, bob: update_profile(actor=bob, availability="busy"),
    "a presence": lambda room, alice, bob: User.objects.filter(pk=alice.pk).update(presence="away"),
    "a confirmed address": lambda room, alice, bob: User.objects.filter(pk=bob.pk).update(
        email_verified_at=timezone.now()
    ),
    "a role in the room": lambda room, alice, bob: change_member_role(
        actor=alice, room_id=room.pk, user_id=bob.pk, role="admin"
    ),
    "a new member": lambda room, alice, bob: add_member(actor=alice, room_id=room.pk, user_id=newcomer(room).pk),
    "a member less": lambda room, alice, bob: remove_member(actor=alice, room_id=room.pk, user_id=bob.pk),
    "a reader less": lambda room, alice, bob: leave_room(actor=bob, room_id=room.pk),
    "an organisation's member less": lambda room, alice, bob: Membership.objects.filter(user=bob).delete(),
    "a room's name": lambda room, alice, bob: update_room(actor=alice, room_id=room.pk, name="mast"),
    "a topic": lambda room, alice, bob: update_room(actor=alice, room_id=room.pk, topic="Masts & <sails>"),
    "an archived room": lambda room, alice, bob: archive_room(actor=alice, room_id=room.pk),
    "a deleted room": lambda room, alice, bob: delete_room(actor=alice, room_id=room.pk),
    "an organisation's name": lambda room, alice, bob: rename_organisation(actor=alice, slug="halyard", name="Mast"),
    "a locked account": lambda room, alice, bob: User.objects.filter(pk=bob.pk).update(is_active=False),
    "a second factor due": lambda room, alice, bob: User.objects.filter(pk=bob.pk).update(second_factor_due=True),
    "an ended session": lambda room, alice, bob: Session.objects.filter(user=bob).delete(),
    "a read mark alone": lambda room, alice, bob: RoomMember.objects.filter(user=bob).update(last_read_seq=1),
}


def newcomer(room: Room) -> User:
    dora = make_user("Dora")
    make_membership(room.organisation, dora)
    return dora


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_shows_at_once(
    client_for: ClientFor,
    lively: Room,
    alice: User,
    bob: User,
    built: list[UUID],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
    change: Change,
) -> None:
    readers = [Reader(client_for(person), lively, part) for person in (alice, bob) for part in ("", "main")]
    before = [[reader.read() for _ in range(3)][-1] for reader in readers]
    count = len(built)
    assert [reader.read() for reader in readers] == before and len(built) == count, "nothing was kept"

    with django_capture_on_commit_callbacks(execute=True):
        change(lively, alice, bob)
    kept = [reader.read() for reader in readers]
    kept_twice = [reader.read() for reader in readers]

    forget_pages(monkeypatch)
    assert kept == kept_twice == [reader.read() for reader in readers]
    assert kept != before


def test_what_passes_by_itself_passes_on_a_kept_page(
    client_for: ClientFor, lively: Room, alice: User, bob: User, built: list[UUID], time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2026-03-01T09:30:00Z", tick=False)
    User.objects.update(seen_at=timezone.now())
    update_profile(actor=alice, status=Status("⛵", "Sailing", timezone.now() + timedelta(seconds=5)))
    reader = Reader(client_for(bob), lively)
    pages = [reader.read() for _ in range(3)]
    assert "Sailing" in pages[-1] and pages[-1].count('data-presence="offline"') == 0 and len(built) == 2

    time_machine.shift(4)
    assert "Sailing" in reader.read() and len(built) == 2

    time_machine.shift(1)
    assert "Sailing" not in reader.read()
    time_machine.shift(90)
    assert 'data-presence="offline"' in reader.read()


def test_a_page_is_kept_for_half_a_minute_at_most(
    client_for: ClientFor, lively: Room, bob: User, built: list[UUID], time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2026-03-01T09:30:00Z", tick=False)
    reader = Reader(client_for(bob), lively)
    for _ in range(3):
        reader.read()
    made = len(built)

    time_machine.shift(30)
    reader.read()

    assert len(built) == made + 1
