"""The main parts of a room's page, which a script puts in the place of another room's: as on the page, and no more."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from chat.models import Message, Room, RoomMember
from tests.chat.room_page.kept_page import Reader
from tests.chat.steps import say
from tests.conftest import ClientFor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built")]

MAIN = {"x-fragment": "main"}
# A form's token is another in each answer.
MAIN_PARTS = re.compile(
    r'(<header class="bar" id="room-bar">.*?)(?:<div data-stays>.*)?</main>\s*(<aside.*?</aside>)', re.DOTALL
)
TITLE = re.compile(r"<title>.*?</title>")


def cut_main_parts(page: str) -> tuple[str, ...]:
    found, title = MAIN_PARTS.search(page), TITLE.search(page)
    assert found and title
    return found[1].strip(), found[2], title[0]


def test_they_are_those_of_the_page_without_its_frame(client_for: ClientFor, lively: Room, bob: User) -> None:
    browser = client_for(bob)
    page, main = Reader(browser, lively).read(), Reader(browser, lively, "main").read()

    assert cut_main_parts(main) == cut_main_parts(page)
    assert "<room-sidebar" not in main and "<script" not in main and 'id="message-menu"' not in main
    assert re.findall(r"<html[^>]*>", main) == re.findall(r"<html[^>]*>", page)


@pytest.mark.parametrize("path", ["messages/{message}/", "details/", "pins/", "/messages/{message}/thread/"])
def test_every_address_of_a_room_has_them(client_for: ClientFor, lively: Room, bob: User, path: str) -> None:
    message = Message.objects.filter(room=lively).earliest("seq")
    path = path.format(message=message.pk)
    browser = client_for(bob)
    address = path if path.startswith("/") else f"/rooms/{lively.pk}/{path}"

    answers = [browser.get(address, headers=headers) for headers in ({}, MAIN)]

    page, main = [re.sub(r'(csrfmiddlewaretoken" value=)"[^"]+"', r"\1", answer.content.decode()) for answer in answers]
    assert cut_main_parts(main) == cut_main_parts(page)


def test_asking_for_them_leaves_no_trace(client_for: ClientFor, lively: Room, alice: User, bob: User) -> None:
    browser = client_for(bob)
    say(alice, lively, "Fourth")

    answer = browser.get(f"/rooms/{lively.pk}/", headers=MAIN)

    assert set(answer.cookies) <= {"csrftoken"} and answer["Cache-Control"] == "no-store"
    assert RoomMember.objects.get(room=lively, user=bob).last_read_seq == 0
    assert {"room", "organisation"} <= set(browser.get(f"/rooms/{lively.pk}/").cookies)


def test_they_are_refused_as_the_page_is(client_for: ClientFor, lively: Room, bob: User, charlie: User) -> None:
    assert Reader(client_for(charlie), lively, "main").read() == "404"
    assert Reader(Client(), lively, "main").read() == "401"
    User.objects.filter(pk=bob.pk).update(second_factor_due=True)
    assert Reader(client_for(bob), lively, "main").read() == "403"


def test_they_are_kept_beside_the_page(
    client_for: ClientFor, lively: Room, bob: User, built: list[UUID], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = client_for(bob)
    readers = [Reader(browser, lively), Reader(browser, lively, "main")]
    pages = [[reader.read() for _ in range(3)][-1] for reader in readers]
    made = len(built)

    with django_assert_num_queries(5):
        kept = readers[1].read()

    assert [readers[0].read(), kept] == pages and len(built) == made


def test_they_cost_less_than_the_page(
    client_for: ClientFor, lively: Room, bob: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = client_for(bob)
    browser.get(f"/rooms/{lively.pk}/?new", headers=MAIN)

    with django_assert_num_queries(5):
        browser.get(f"/rooms/{lively.pk}/?new", headers=MAIN)
