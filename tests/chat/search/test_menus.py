"""Menus write filters into the query, and show what it has."""

import pytest
from django.test import Client

from accounts.models import Membership, Organisation, User
from chat.models import Room
from chat.rooms.services.rooms import open_direct_room
from chat.search import menus
from chat.search.menus import ANY, FilterMenu, build_menus, rewrite_query
from tests.chat.steps import say_all
from tests.factories import make_membership, make_room, make_user

pytestmark = pytest.mark.django_db

PATH = "/o/halyard/search/"


def menus_of(user: User, organisation: Organisation, q: str = "") -> dict[str, FilterMenu]:
    own = Membership.objects.select_related("organisation", "user").get(user=user, organisation=organisation)
    return {menu.key: menu for menu in build_menus(own=own, q=q)}


@pytest.mark.parametrize(
    ("q", "chosen", "written"),
    [
        ("tide", {"in": "design"}, "tide in:design"),
        ("tide in:design boats", {"in": "the quay"}, 'tide boats in:"the quay"'),
        ('in:"the quay" from:bob', {"in": ANY}, "from:bob"),
        ("on:today before:2026 tide", {"during": "week"}, "tide during:week"),
        ("-in:design tide", {"in": "design"}, "-in:design tide in:design"),
        ("\u201ctide window\u201d", {"from": "me"}, '"tide window" from:me'),
        ("", {"has": "link", "is": "unread"}, "has:link is:unread"),
    ],
)
def test_what_is_chosen_stands_in_place_of_its_kind(q: str, chosen: dict[str, str], written: str) -> None:
    assert rewrite_query(q, chosen) == written


def test_a_form_with_a_menu_leads_to_the_query_that_says_the_same(browser: Client, room: Room) -> None:
    answer = browser.get(PATH, {"q": "tide", "sort": "newest", "in": "design", "from": "", "has": ""})

    assert answer.headers["Location"] == f"{PATH}?q=tide+in%3Adesign&sort=newest"


def test_menus_say_what_the_query_has(alice: User, halyard: Organisation, room: Room) -> None:
    found = menus_of(alice, halyard, 'from:bob in:design on:2026-03 has:link -is:unread "in:general"')

    assert {key: menu.used for key, menu in found.items()} == {
        "from": "Bob",
        "in": "design",
        "during": "on:2026-03",
        "has": "A link",
        "is": "",
    }


def test_menus_offer_own_rooms_and_the_people_one_can_see(
    alice: User, bob: User, charlie: User, halyard: Organisation, room: Room
) -> None:
    make_room(halyard, "secret", admin=bob)
    make_membership(halyard, charlie, role="guest")

    assert [value for value, _ in menus_of(alice, halyard)["in"].options] == ["design"]
    assert [value for value, _ in menus_of(alice, halyard)["from"].options] == ["me", "bob", "charlie", "robin"]
    assert [value for value, _ in menus_of(charlie, halyard)["from"].options] == ["me"]
    assert menus_of(charlie, halyard)["in"].options == []


def test_of_many_people_those_written_to_are_offered(
    alice: User, bob: User, halyard: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_membership(halyard, make_user("Dora"))
    halyard.refresh_from_db()
    open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])
    monkeypatch.setattr(menus, "OFFERED", 2)

    assert [value for value, _ in menus_of(alice, halyard)["from"].options] == ["me", "bob"]


def test_a_filter_of_a_menu_finds_what_it_says(browser: Client, alice: User, room: Room) -> None:
    say_all(alice, room, "The tide https://halyard.example", "The tide")

    page = browser.get(PATH, {"q": "tide", "has": "link"}, follow=True)

    assert [row.message.content for row in page.context["rows"].rows] == ["The tide https://halyard.example"]
