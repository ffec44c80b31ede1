"""The page of notifications, and the list that the bell opens."""

from __future__ import annotations

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from chat.models import Room
from notifications.inbox.counts import count_unread
from notifications.models import Notification
from tests.chat.steps import say
from tests.conftest import ClientFor
from tests.factories import make_organisation, make_room

PAGE = "/o/halyard/notifications/"


@pytest.mark.parametrize("number", [1, 25])
def test_the_page_asks_as_much_for_any_number(
    alice: User,
    bob: User,
    room: Room,
    client_for: ClientFor,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    for n in range(number):
        say(alice, room, f"@bob {n}")
    browser = client_for(bob)
    browser.get(PAGE)

    with django_assert_num_queries(12):
        page = browser.get(PAGE).content.decode()

    assert page.count("Alice mentioned you in design") == number
    assert f"<span data-bell-count>{number}</span>" in page


def test_the_list_is_filtered(alice: User, bob: User, room: Room, client_for: ClientFor) -> None:
    say(alice, room, "@bob one")
    Notification.objects.update(read_at="2026-01-01T00:00:00Z")
    say(alice, room, "@bob two")
    browser = client_for(bob)

    shown = {query: browser.get(PAGE + query).content.decode() for query in ("", "?show=unread", f"?room={alice.pk}")}

    assert ["one" in shown[""], "@Bob one" in shown["?show=unread"]] == [True, False]
    assert "Nothing here yet" in shown[f"?room={alice.pk}"]
    assert "<html" not in browser.get(PAGE, headers={"X-Fragment": "1"}).content.decode()


def test_rooms_of_several_organisations_are_told_apart(
    alice: User, bob: User, room: Room, client_for: ClientFor
) -> None:
    other = make_organisation("Elsewhere", owner=alice, members=[bob])
    say(alice, room, "@bob here")
    assert "<optgroup" not in client_for(bob).get(PAGE).content.decode()

    say(alice, make_room(other, admin=alice, members=[bob]), "@bob there")

    page = client_for(bob).get(PAGE).content.decode()
    assert re.findall(r'<optgroup label="(\w+)">', page) == ["Elsewhere", "Halyard"]


def test_one_and_all_are_marked_without_scripts(
    alice: User, bob: User, charlie: User, room: Room, client_for: ClientFor, halyard: Organisation
) -> None:
    for text in ("@bob one", "@bob two"):
        say(alice, room, text)
    row = Notification.objects.latest("pk")
    browser = client_for(bob)

    browser.post(f"{PAGE}{row.pk}/read/")
    assert count_unread(bob.pk) == 1
    browser.post(f"{PAGE}{row.pk}/read/", {"unread": "on"})
    assert count_unread(bob.pk) == 2
    browser.post(f"{PAGE}read/")
    assert count_unread(bob.pk) == 0
    assert client_for(charlie).post(f"{PAGE}{row.pk}/read/").status_code == 404
    assert client_for(charlie).get(PAGE).status_code == 404
