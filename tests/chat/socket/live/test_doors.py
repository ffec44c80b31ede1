"""One corridor behind every door: a browser's form, REST and the socket are told the same of the same message."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from httpx import Client

from tests.lines import talk
from tests.live import ANSWER_SECONDS, PASSWORD, LiveServer, Person

WORDS = {302: "posted", 200: "posted", 201: "posted", 403: "forbidden", 404: "not_found", 422: "invalid"}


def by_form(server: LiveServer, person: Person, room: str, **message: Any) -> str:
    with httpx.Client(base_url=server.url, timeout=ANSWER_SECONDS) as browser:
        signing_in = {"login": person.ask("GET", "/me")["email"], "password": PASSWORD}
        browser.post("/accounts/login/", data=signing_in | {"csrfmiddlewaretoken": _read_csrf_token(browser)})
        form = message | {"csrfmiddlewaretoken": _read_csrf_token(browser)}
        return WORDS[browser.post(f"/rooms/{room}/messages/", data=form).status_code]


def by_rest(server: LiveServer, person: Person, room: str, **message: Any) -> str:
    return WORDS[person.post(f"/rooms/{room}/messages", json=message).status_code]


def by_socket(server: LiveServer, person: Person, room: str, **message: Any) -> str:
    answers = []

    async def conversation(lines: Any) -> None:
        line = await lines.connect(person)
        await line.say(type="message.send", room=room, **message)
        answers.append(await line.hear("ack", "error"))

    talk(server, conversation)
    return answers[0].get("code", "posted")


def _read_csrf_token(browser: Client) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get("/accounts/password/reset/").text)[1]


doors = pytest.mark.parametrize("post", [by_form, by_rest, by_socket])


@pytest.fixture
def said(team: tuple[Person, Person, Person, str], room: str) -> Callable[..., Any]:
    """What the room holds, in order."""
    return lambda: [message["content"] for message in team[0].ask("GET", f"/rooms/{room}/messages")["items"]]


@doors
def test_a_member_posts(
    post: Callable[..., Any],
    server: LiveServer,
    team: tuple[Person, Person, Person, str],
    room: str,
    said: Callable[..., Any],
) -> None:
    assert post(server, team[1], room, content="hi", client_id="a") == "posted"
    assert said() == ["hi"]


@doors
def test_a_hidden_room_is_no_room(
    post: Callable[..., Any],
    server: LiveServer,
    team: tuple[Person, Person, Person, str],
    room: str,
    said: Callable[..., Any],
) -> None:
    assert post(server, team[2], room, content="hi", client_id="a") == "not_found"
    assert said() == []


@doors
def test_an_archived_room_takes_nothing(
    post: Callable[..., Any],
    server: LiveServer,
    team: tuple[Person, Person, Person, str],
    room: str,
    said: Callable[..., Any],
) -> None:
    team[0].ask("POST", f"/rooms/{room}/archive")

    assert post(server, team[1], room, content="hi", client_id="a") == "forbidden"
    assert said() == []


@doors
@pytest.mark.parametrize("content", [" ", "x" * 10_001])
def test_a_text_that_is_none_or_too_much_is_refused(
    content: str,
    post: Callable[..., Any],
    server: LiveServer,
    team: tuple[Person, Person, Person, str],
    room: str,
    said: Callable[..., Any],
) -> None:
    assert post(server, team[1], room, content=content, client_id="a") == "invalid"
    assert said() == []


@doors
@pytest.mark.parametrize("again", [by_form, by_rest, by_socket])
def test_what_is_sent_again_by_any_door_is_there_once(
    again: Callable[..., Any],
    post: Callable[..., Any],
    server: LiveServer,
    team: tuple[Person, Person, Person, str],
    room: str,
    said: Callable[..., Any],
) -> None:
    for send in (post, again):
        assert send(server, team[1], room, content="once", client_id="same") == "posted"

    assert said() == ["once"]
