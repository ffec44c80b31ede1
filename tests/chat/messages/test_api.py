"""Messages over REST: their shape, history, changes, and what is refused. The rules are tested with the services."""

import uuid
from typing import Any

import pytest

from accounts.models import User
from chat.messages.services.edit import delete_message, edit_message
from chat.models import Message, Room
from tests.conftest import ApiClient, ApiFor


def seqs(answer: Any) -> list[int]:
    return [item["seq"] for item in answer.json()["items"]]


def test_a_posted_message_has_the_agreed_shape(ann: ApiClient, alice: User, room: Room) -> None:
    answer = ann.call("POST", f"/rooms/{room.pk}/messages", {"content": "hi @bob", "client_id": "a"})

    assert answer.status_code == 201
    message = answer.json()
    assert message["author"] == {
        "id": str(alice.pk),
        "name": "Alice",
        "username": "alice",
        "kind": "human",
        "avatar_url": None,
    }
    assert {key: message[key] for key in ("seq", "version", "type", "content", "client_id")} == {
        "seq": 1,
        "version": 1,
        "type": "text",
        "content": "hi @bob",
        "client_id": "a",
    }
    assert message["created_at"].endswith("Z")
    assert len(message["created_at"]) == len("2026-03-01T09:30:00.000Z")
    assert message["assets"] == message["reactions"] == []


def test_a_repeated_client_id_answers_200_and_other_words_409(ann: ApiClient, room: Room) -> None:
    path = f"/rooms/{room.pk}/messages"
    first = ann.call("POST", path, {"content": "hi", "client_id": "a"})
    again = ann.call("POST", path, {"content": "hi", "client_id": "a"})
    other = ann.call("POST", path, {"content": "ho", "client_id": "a"})

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert first.json() == again.json()
    assert other["Content-Type"] == "application/problem+json"


def test_history_pages_both_ways_in_ascending_order(ann: ApiClient, history: Room) -> None:
    path = f"/rooms/{history.pk}/messages"

    newest = ann.call("GET", f"{path}?limit=10")
    assert seqs(newest) == list(range(21, 31))
    assert newest.json()["next_cursor"] == "21"
    assert seqs(ann.call("GET", f"{path}?limit=10&before=21")) == list(range(11, 21))
    oldest = ann.call("GET", f"{path}?limit=10&before=11")
    assert seqs(oldest) == list(range(1, 11))
    assert oldest.json()["next_cursor"] is None
    assert seqs(ann.call("GET", f"{path}?limit=10&after=5")) == list(range(6, 16))
    assert seqs(ann.call("GET", f"{path}?limit=10&around=15")) == list(range(10, 20))
    assert seqs(ann.call("GET", f"{path}?limit=1&around=15")) == [15]
    assert ann.call("GET", f"{path}?after=30").json() == {"items": [], "next_cursor": None}


def test_changes_bring_a_client_up_to_the_database(ann: ApiClient, alice: User, history: Room) -> None:
    first, second = history.messages.order_by("seq")[:2]
    edit_message(actor=alice, message_id=first.pk, content="better")
    delete_message(actor=alice, message_id=second.pk)

    answer = ann.call("GET", f"/rooms/{history.pk}/changes?since=30").json()

    assert [(item["seq"], item["version"], item["content"]) for item in answer["items"]] == [
        (1, 31, "better"),
        (2, 32, None),
    ]
    assert (answer["version"], answer["has_more"], answer["reset"]) == (32, False, False)


def test_changes_come_in_pieces_without_a_gap(ann: ApiClient, history: Room) -> None:
    seen, since, more = [], 0, True
    while more:
        answer = ann.call("GET", f"/rooms/{history.pk}/changes?since={since}&limit=7").json()
        seen += [item["version"] for item in answer["items"]]
        since, more = answer["version"], answer["has_more"]

    assert seen == list(range(1, 31))


def test_a_client_ahead_of_the_room_is_told_to_start_over(ann: ApiClient, room: Room) -> None:
    assert ann.call("GET", f"/rooms/{room.pk}/changes?since=9").json()["reset"] is True


def test_reading_and_marking_unread(api_for: ApiFor, bob: User, history: Room) -> None:
    reader = api_for(bob)

    assert reader.call("PUT", f"/rooms/{history.pk}/read", {"seq": 10}).json() == {"unread": 20, "mentions": 0}
    assert reader.call("PUT", f"/rooms/{history.pk}/read", {"seq": 30}).json() == {"unread": 0, "mentions": 0}


def test_a_message_can_be_read_changed_and_deleted(ann: ApiClient, history: Room) -> None:
    path = f"/messages/{history.messages.order_by('seq')[0].pk}"

    assert ann.call("GET", path).json()["content"] == "message 1"
    assert ann.call("PATCH", path, {"content": "changed"}).json()["edited_at"]
    assert [item["content"] for item in ann.call("GET", f"{path}/revisions").json()["items"]] == ["message 1"]
    assert ann.call("DELETE", path).status_code == 204
    assert ann.call("GET", path).json()["content"] is None
    assert ann.call("GET", f"{path}/revisions").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "hi",
        {"content": None},
        {"content": 1},
        {"content": ""},
        {"content": "   "},
        {"content": "x" * 10_001},
        {"content": "nul\x00"},
        {"content": "hi", "client_id": ""},
        {"content": "hi", "client_id": "x" * 65},
        {"content": "hi", "client_id": 7},
        {"content": "hi", "reply_to": "x"},
        {"content": "hi", "reply_to": str(uuid.UUID(int=0))},
    ],
)
def test_a_bad_message_is_refused_in_words(ann: ApiClient, room: Room, body: Any) -> None:
    answer = ann.call("POST", f"/rooms/{room.pk}/messages", body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["msg"]
    assert not Message.objects.exists()


@pytest.mark.parametrize("value", ["-1", "x", str(2**63), str(10**20), "1.5", ""])
@pytest.mark.parametrize("name", ["before", "after", "around", "limit", "since"])
def test_bad_numbers_are_refused(ann: ApiClient, room: Room, name: str, value: str) -> None:
    path = "changes" if name == "since" else "messages"

    assert ann.call("GET", f"/rooms/{room.pk}/{path}?{name}={value}").status_code == 422
