"""A kept page is what a new one would be, for its reader alone, whatever has changed meanwhile."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
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
from chat.room_page.views import room as views
from chat.rooms.services.members import add_member, change_member_role, remove_member
from chat.rooms.services.membership import leave_room
from chat.rooms.services.rooms import archive_room, create_room, delete_room, open_direct_room, update_room
from lib.web.kept_page import KeptPages
from tests.accounts.pictures import halves, upload
from tests.chat.steps import say, say_all
from tests.conftest import ClientFor
from tests.factories import make_membership, make_user

pytestmark = pytest.mark.django_db

SECRETS = re.compile(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]+"')


class Reader:
    """A browser that visits a room."""

    def __init__(self, browser: Client, room: Room) -> None:
        self.browser, self.path, self.headers = browser, f"/rooms/{room.pk}/", {}

    def read(self, **headers: str) -> str:
        """Return the page without its secrets, or its status when there is none."""
        answer = self.browser.get(self.path, headers=self.headers | headers)
        return SECRETS.sub(r"\1", answer.content.decode()) if answer.status_code == 200 else str(answer.status_code)


@pytest.fixture(autouse=True)
def built(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The rooms whose page was made anew; no page is kept from before."""
    made: list[UUID] = []
    show_room = views.show_room

    def build(request: Any, head: Any, **options: Any) -> HttpResponse:
        made.append(head.room.pk)
        return show_room(request, head, **options)

    monkeypatch.setattr(views, "show_room", build)
    forget_pages(monkeypatch)
    return made


def forget_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_kept_pages", KeptPages(shared=views._kept_pages.shared))


@pytest.fixture
def lively(room: Room, alice: User, bob: User) -> Room:
    """The room with something in it, and rooms beside it."""
    say_all(alice, room, "Ahoy", "Second", "Third")
    direct, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])
    say(bob, direct, "Psst")
    create_room(actor=bob, slug="halyard", kind="channel", name="boats")
    User.objects.update(presence="online", seen_at=timezone.now())
    return Room.objects.get(pk=room.pk)


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
    readers = [Reader(client_for(person), lively) for person in (alice, bob)]
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


def test_each_answer_has_its_own_secrets(client_for: ClientFor, lively: Room, alice: User, bob: User) -> None:
    browsers = [client_for(alice), client_for(bob), client_for(bob)]
    tokens, nonces = set(), set()
    for browser in browsers * 4:
        answer = browser.get(f"/rooms/{lively.pk}/")
        page = answer.content.decode()
        (token,) = set(re.findall(r'csrfmiddlewaretoken" value="([^"]+)"', page))
        (nonce,) = re.findall(r'nonce="([^"]+)"', page)
        assert f"'nonce-{nonce}'" in answer["Content-Security-Policy"]
        tokens.add(token)
        nonces.add(nonce)
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = browser.cookies
        sent = strict.post(
            "/settings/availability/", {"csrfmiddlewaretoken": token, "availability": "busy", "next": "/"}
        )
        assert sent.status_code == 302

    assert len(tokens) == len(nonces) == 12


def test_languages_and_clocks_of_browsers_have_pages_of_their_own(
    client_for: ClientFor, lively: Room, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.filter(pk=bob.pk).update(language="", time_zone="")
    reader = Reader(client_for(bob), lively)
    for _ in range(3):
        english, german = reader.read(), reader.read(accept_language="de")
        assert 'lang="en"' in english and 'lang="de"' in german and "Nachricht" in german

    reader.browser.cookies["tz"] = "Pacific/Kiritimati"
    away = [reader.read() for _ in range(3)][-1]
    forget_pages(monkeypatch)
    assert reader.read() == away


def test_a_compressed_page_is_the_same(client_for: ClientFor, lively: Room, bob: User, built: list[UUID]) -> None:
    reader = Reader(client_for(bob), lively)
    plain = [reader.read() for _ in range(3)][-1]
    made = len(built)

    answers = [reader.browser.get(reader.path, headers={"accept-encoding": "gzip, br"}) for _ in range(20)]

    assert len(built) == made
    for answer in answers:
        assert answer["Content-Encoding"] == "gzip" and "Accept-Encoding" in answer["Vary"]
        assert int(answer["Content-Length"]) == len(answer.content) < len(plain) / 3
        assert SECRETS.sub(r"\1", gzip.decompress(answer.content).decode()) == plain
    assert len({len(answer.content) for answer in answers}) > 3


def test_a_word_to_the_reader_is_said_once(client_for: ClientFor, lively: Room, bob: User) -> None:
    browser = client_for(bob)
    pages = [browser.get(f"/rooms/{lively.pk}/").content.decode() for _ in range(3)]
    browser.post("/settings/", {"name": "Bob", "username": bob.username})

    pages = [browser.get(f"/rooms/{lively.pk}/").content.decode() for _ in range(2)]

    assert ["data-toast" in page.partition('id="toasts"')[2] for page in pages] == [True, False]


def test_a_reminder_put_off_is_gone(client_for: ClientFor, lively: Room, bob: User) -> None:
    User.objects.filter(pk=bob.pk).update(email_verified_at=None)
    here, elsewhere = client_for(bob), client_for(bob)
    for browser in (here, elsewhere) * 3:
        assert b'class="banner reminder"' in browser.get(f"/rooms/{lively.pk}/").content

    here.post("/settings/address/reminder/end/", {"next": "/"})

    shown = [b'class="banner reminder"' in browser.get(f"/rooms/{lively.pk}/").content for browser in (here, elsewhere)]
    assert shown == [False, True]


def test_nobody_gets_the_page_of_another(
    client_for: ClientFor, lively: Room, alice: User, bob: User, charlie: User, built: list[UUID]
) -> None:
    readers = {person.name: Reader(client_for(person), lively) for person in (alice, bob, charlie)}
    for _ in range(3):
        pages = {name: reader.read() for name, reader in readers.items()}

    assert pages["Charlie"] == "404"
    assert 'data-administers="true"' in pages["Alice"] and 'data-administers="false"' in pages["Bob"]
    assert Reader(Client(), lively).read() == "302"


@pytest.mark.parametrize("kind", ["direct", "channel"])
def test_all_kinds_of_rooms_are_kept(
    client_for: ClientFor, lively: Room, alice: User, built: list[UUID], kind: str
) -> None:
    reader = Reader(client_for(alice), Room.objects.get(kind=kind, is_general=False))

    pages = {reader.read() for _ in range(5)}

    assert len(pages) == 1 and len(built) <= 2


def test_a_kept_page_asks_no_more_than_a_new_one(
    client_for: ClientFor, lively: Room, bob: User, built: list[UUID], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reader = Reader(client_for(bob), lively)
    for _ in range(3):
        reader.read()
    made = len(built)

    with django_assert_num_queries(9):
        reader.read()

    assert len(built) == made


def test_other_addresses_of_a_room_are_not_kept(
    client_for: ClientFor, lively: Room, bob: User, built: list[UUID]
) -> None:
    reader = Reader(client_for(bob), lively)
    reader.path += "?from=mail"

    for _ in range(4):
        reader.read()

    assert len(built) == 4


@pytest.mark.parametrize("place", ["cookie", "session"])
def test_what_a_browser_says_makes_another_page(
    client_for: ClientFor, lively: Room, bob: User, built: list[UUID], place: str
) -> None:
    reader = Reader(client_for(bob), lively)
    for _ in range(3):
        reader.read()
    made = len(built)

    if place == "cookie":
        reader.browser.cookies["narrow"] = "yes"
    else:
        session = reader.browser.session
        session["narrow"] = True
        session.save()
    reader.read()

    assert len(built) == made + 1
