"""The search page works by links alone, and in pieces for scripts."""

import pytest
from django.test import Client

from accounts.models import Organisation, User
from chat.messages.services.post import Draft, post_messages
from chat.models import Room
from chat.search.queries import messages
from tests.chat.steps import say
from tests.conftest import ClientFor
from tests.factories import make_room

pytestmark = pytest.mark.django_db

PATH = "/o/halyard/search/"


def read(browser: Client, query: dict[str, str], **headers: str) -> str:
    answer = browser.get(PATH, query, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_what_was_found_and_leads_to_it(browser: Client, alice: User, room: Room) -> None:
    message = say(alice, room, "The tide window")

    page = read(browser, {"q": "tide"})

    assert "The <mark>tide</mark> window" in page
    assert f'href="{message.get_absolute_url()}"' in page
    assert "1 message" in page


def test_what_was_typed_and_found_is_shown_literally(browser: Client, alice: User, room: Room) -> None:
    say(alice, room, "<script>alert(1)</script> tide")

    page = read(browser, {"q": '<script>alert(1)</script> "><img src=x>'})
    found = read(browser, {"q": "script"})

    assert "<script>alert" not in page + found
    assert "<img src=x>" not in page


def test_rooms_and_people_are_found_in_the_same_box(
    browser: Client, alice: User, bob: User, halyard: Organisation
) -> None:
    tide = make_room(halyard, "Bob’s tides", admin=alice, kind="channel")

    page = read(browser, {"q": "bob"})

    assert f'href="/rooms/{tide.pk}/" data-result' in page
    assert f'href="/o/halyard/people/{bob.pk}/" data-result' in page


def test_further_results_come_by_a_link(browser: Client, alice: User, room: Room) -> None:
    post_messages([Draft(alice, room.pk, f"tide {n}") for n in range(25)])

    page = browser.get(PATH, {"q": "tide"})
    further = browser.get(page.context["rows"].next_url, headers={"X-Fragment": "rows"})

    assert "25 messages" in page.content.decode()
    assert len(further.context["rows"].rows) == 5
    assert "<h1>" not in further.content.decode()
    assert further.context["rows"].next_url is None


def test_of_very_many_results_it_says_that_there_are_at_least_so_many(
    browser: Client, alice: User, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "COUNTED", 23)
    post_messages([Draft(alice, room.pk, f"tide {n}") for n in range(25)])

    assert "At least 23 messages" in read(browser, {"q": "tide"})


def test_a_script_gets_the_results_alone(browser: Client, alice: User, room: Room) -> None:
    say(alice, room, "tide")

    page = read(browser, {"q": "tide"}, **{"X-Fragment": "1"})

    assert "<mark>tide</mark>" in page
    assert "<h1>" not in page


def test_nothing_found_says_what_to_try(browser: Client, room: Room) -> None:
    assert "Try fewer words" in read(browser, {"q": "tide"})


def test_a_filter_that_says_nothing_is_named(browser: Client, room: Room) -> None:
    assert "before:someday" in read(browser, {"q": "tide before:someday"})


def test_a_stranger_finds_no_page(client_for: ClientFor, charlie: User, room: Room) -> None:
    assert client_for(charlie).get(PATH, {"q": "tide"}).status_code == 404


@pytest.mark.parametrize("query", ["q=%00", "q=%ED%A0%80", "q=((&sort=x", "q=" + "a" * 2_000])
def test_any_input_is_answered(browser: Client, alice: User, room: Room, query: str) -> None:
    assert browser.get(f"{PATH}?{query}").status_code == 200


def test_a_cursor_that_nobody_gave_out_is_missing(browser: Client, room: Room) -> None:
    assert browser.get(f"{PATH}?q=tide&cursor=x").status_code == 404
