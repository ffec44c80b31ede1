"""A kept page is for its reader alone, and each answer with it has its own secrets."""

from __future__ import annotations

import gzip
import re
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.models import Room
from tests.chat.room_page.kept_page import SECRETS, Reader, forget_pages
from tests.conftest import ClientFor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built")]


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

    with django_assert_num_queries(10):
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
