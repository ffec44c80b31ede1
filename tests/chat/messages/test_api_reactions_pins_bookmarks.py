"""Reactions, pins and bookmarks over REST: shapes, statuses, lists. The rules are tested with the services."""

import threading
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from chat.messages.services.post import post_message
from chat.models import Message, Room
from chat.rooms.services.rooms import archive_room
from tests.conftest import ApiClient, ApiFor
from tests.factories import make_room

MARKS = ["reactions/%F0%9F%91%8D", "pin", "bookmark"]


def reaction(message: Message, emoji: str = "👍") -> str:
    return f"/messages/{message.pk}/reactions/{quote(emoji)}"


def test_reacting_answers_with_the_message(ann: ApiClient, alice: User, message: Message) -> None:
    answer = ann.call("PUT", reaction(message))

    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert answer.json()["reactions"] == [{"emoji": "👍", "count": 1, "user_ids": [str(alice.pk)]}]
    assert ann.call("PUT", reaction(message)).json() == answer.json()
    assert ann.call("DELETE", reaction(message)).json()["reactions"] == []
    assert ann.call("DELETE", reaction(message)).json()["version"] == 3


def test_history_and_changes_show_what_was_put_on_a_message(ann: ApiClient, room: Room, message: Message) -> None:
    ann.call("PUT", reaction(message, "#️⃣"))
    last = ann.call("PUT", f"/messages/{message.pk}/pin").json()

    assert last["pinned_at"].endswith("Z") and last["reactions"][0]["emoji"] == "#️⃣"
    assert ann.call("GET", f"/messages/{message.pk}").json() == last
    assert ann.call("GET", f"/rooms/{room.pk}/messages").json()["items"] == [last]
    assert ann.call("GET", f"/rooms/{room.pk}/changes?since=2").json()["items"] == [last]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_strangers_find_nothing_and_nobody_is_asked_to_sign_in(
    api_for: ApiFor, charlie: User, message: Message, method: str, mark: str
) -> None:
    path = f"/messages/{message.pk}/{mark}"

    assert api_for(charlie).call(method, path).status_code == 404
    assert api_for(None).call(method, path).status_code == 401
    assert api_for(charlie).call(method, f"/messages/{charlie.pk}/{mark}").status_code == 404


@pytest.mark.parametrize("path", ["/rooms/{room}/pins", "/me/bookmarks?room={room}", "/me/bookmarks?org=halyard"])
def test_lists_show_strangers_nothing(
    ann: ApiClient, api_for: ApiFor, charlie: User, room: Room, message: Message, path: str
) -> None:
    ann.call("PUT", f"/messages/{message.pk}/pin")
    ann.call("PUT", f"/messages/{message.pk}/bookmark")
    path = path.format(room=room.pk)

    assert len(ann.call("GET", path).json()["items"]) == 1
    assert api_for(None).call("GET", path).status_code == 401
    answer = api_for(charlie).call("GET", path)
    assert answer.status_code == 404 or answer.json()["items"] == []


@pytest.mark.parametrize(("mark", "status"), list(zip(MARKS, (403, 403, 204), strict=True)))
def test_an_archived_room_takes_bookmarks_alone(
    ann: ApiClient, alice: User, room: Room, message: Message, mark: str, status: int
) -> None:
    archive_room(actor=alice, room_id=room.pk)

    for method in ("PUT", "DELETE"):
        assert ann.call(method, f"/messages/{message.pk}/{mark}").status_code == status


@pytest.mark.parametrize("text", ["a", "👍👍", "x" * 65, "👍" * 65, "\n", " ", "%", "{}", "<b>"])
def test_a_text_that_is_no_emoji_is_refused_in_words(ann: ApiClient, message: Message, text: str) -> None:
    for method in ("PUT", "DELETE"):
        answer = ann.call(method, reaction(message, text))

        assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
        assert answer.json()["errors"][0]["msg"] == "A reaction is a single emoji."


@pytest.mark.parametrize("path", ["", "%00", "%F0%9F%91%8D%00", "%ff%fe"])
def test_a_path_that_is_no_text_leads_nowhere(ann: ApiClient, message: Message, path: str) -> None:
    assert ann.call("PUT", f"/messages/{message.pk}/reactions/{path}").status_code in (404, 422)


def test_a_pin_says_who_pinned_it(
    ann: ApiClient, api_for: ApiFor, alice: User, bob: User, room: Room, message: Message
) -> None:
    pin = f"/messages/{message.pk}/pin"

    assert ann.call("PUT", pin).json()["pinned_by"] == str(alice.pk)
    assert api_for(bob).call("PUT", pin).json()["pinned_by"] == str(alice.pk)
    assert ann.call("GET", f"/rooms/{room.pk}/pins").json()["items"][0]["pinned_by"] == str(alice.pk)
    assert api_for(bob).call("DELETE", pin).json()["pinned_by"] is None


def test_pins_come_in_pages_latest_message_first(ann: ApiClient, alice: User, room: Room) -> None:
    sent = [post_message(actor=alice, room_id=room.pk, content=f"{n}").message for n in range(4)]
    for message in (sent[2], sent[0], sent[3]):
        ann.call("PUT", f"/messages/{message.pk}/pin")

    first = ann.call("GET", f"/rooms/{room.pk}/pins?limit=2").json()
    second = ann.call("GET", f"/rooms/{room.pk}/pins?limit=2&cursor={first['next_cursor']}").json()

    assert [item["content"] for item in first["items"] + second["items"]] == ["3", "2", "0"]
    assert second["next_cursor"] is None


def test_bookmarks_come_in_pages_saved_last_first(
    ann: ApiClient, alice: User, halyard: Organisation, room: Room
) -> None:
    other = make_room(halyard, "kitchen", admin=alice)
    here, there = (post_message(actor=alice, room_id=place.pk, content=place.name).message for place in (room, other))
    for message in (there, here):
        assert ann.call("PUT", f"/messages/{message.pk}/bookmark").status_code == 204

    first = ann.call("GET", "/me/bookmarks?limit=1").json()
    second = ann.call("GET", f"/me/bookmarks?limit=1&cursor={first['next_cursor']}").json()
    of_kitchen = ann.call("GET", f"/me/bookmarks?room={other.pk}").json()

    assert [item["message"]["content"] for item in first["items"] + second["items"]] == ["design", "kitchen"]
    assert of_kitchen["items"] == second["items"]
    assert ann.call("DELETE", f"/messages/{there.pk}/bookmark").status_code == 204
    assert ann.call("GET", f"/me/bookmarks?room={other.pk}").json() == {"items": [], "next_cursor": None}


def test_the_same_reaction_many_times_at_once_is_one(run_server: Any) -> None:
    server = run_server("uvicorn")
    ann = server.sign_up("Ann")
    slug = ann.found("Harbour")["slug"]
    room = ann.ask("GET", f"/orgs/{slug}/rooms")["items"][0]["id"]
    message = ann.ask("POST", f"/rooms/{room}/messages", {"content": "Tea?"})
    url = f"{server.url}/api/v1/messages/{message['id']}/reactions/%F0%9F%91%8D"
    answers = []

    def react() -> None:
        answers.append(httpx.put(url, headers={"Authorization": f"Bearer {ann.token}"}, timeout=20))

    threads = [threading.Thread(target=react) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [200] * 8
    shown = ann.ask("GET", f"/messages/{message['id']}")
    assert (shown["version"], shown["reactions"]) == (2, [{"emoji": "👍", "count": 1, "user_ids": [ann.id]}])
    assert ann.ask("GET", f"/rooms/{room}/changes?since=0")["version"] == 2


def test_reactions_and_pins_cost_history_nothing(
    ann: ApiClient, bob: User, room: Room, message: Message, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = f"/rooms/{room.pk}/messages"
    ann.call("GET", path)
    for emoji in "👍🌊🎉":
        ann.call("PUT", reaction(message, emoji))
    ann.call("PUT", f"/messages/{message.pk}/pin")

    with django_assert_num_queries(4):  # who asks, room, keys, the one message that changed
        assert len(ann.call("GET", path).json()["items"][0]["reactions"]) == 3
    assert Message.objects.get().version == 5
