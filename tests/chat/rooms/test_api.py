"""Rooms over REST: shapes, statuses, paging; and who is refused any of it. The rules are tested with the services."""

import uuid
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from accounts.models import Organisation, User
from chat.models import Message, Room, RoomMember
from chat.rooms.services.rooms import create_room
from tests.conftest import ApiClient, ApiFor


def test_rooms_are_listed_with_what_is_unread(ann: ApiClient, api_for: ApiFor, bob: User, history: Room) -> None:
    [mine] = api_for(bob).call("GET", "/orgs/halyard/rooms").json()["items"]
    assert (mine["unread"], mine["last_seq"], mine["version"], mine["mentions"]) == (0, 30, 30, 0)

    [hers] = ann.call("GET", "/orgs/halyard/rooms").json()["items"]
    assert hers["unread"] == 1


def test_browsing_lists_channels_and_no_groups(api_for: ApiFor, alice: User, bob: User, room: Room) -> None:
    create_room(actor=alice, slug="halyard", kind="channel", name="news")

    [found] = api_for(bob).call("GET", "/orgs/halyard/rooms?browse=true").json()["items"]

    assert (found["name"], found["joined"], found["member_count"]) == ("news", False, 1)


def test_rooms_are_paged(ann: ApiClient, alice: User, halyard: Organisation) -> None:
    for n in range(5):
        create_room(actor=alice, slug="halyard", kind="channel", name=f"room {n}")

    first = ann.call("GET", "/orgs/halyard/rooms?limit=3").json()
    rest = ann.call("GET", f"/orgs/halyard/rooms?limit=3&cursor={first['next_cursor']}").json()

    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (3, 2, None)


def test_a_direct_room_is_201_once_and_200_after(ann: ApiClient, bob: User, halyard: Organisation) -> None:
    answers = [ann.call("POST", "/orgs/halyard/rooms/direct", {"user_ids": [str(bob.pk)]}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["id"] == answers[1].json()["id"]


def test_the_life_of_a_room(ann: ApiClient, api_for: ApiFor, bob: User, robin: User, halyard: Organisation) -> None:
    room = ann.call("POST", "/orgs/halyard/rooms", {"name": "news", "kind": "channel", "topic": "t"})
    assert room.status_code == 201
    path = f"/rooms/{room.json()['id']}"

    assert api_for(bob).call("POST", f"{path}/join").status_code == 200
    assert ann.call("POST", f"{path}/members", {"user_id": str(robin.pk)}).status_code == 201
    assert len(ann.call("GET", f"{path}/members").json()["items"]) == 3
    assert ann.call("PATCH", f"{path}/members/{bob.pk}", {"role": "admin"}).json()["role"] == "admin"
    assert ann.call("DELETE", f"{path}/members/{robin.pk}").status_code == 204
    assert ann.call("PATCH", path, {"name": "old news"}).json()["name"] == "old news"
    assert ann.call("POST", f"{path}/archive").json()["archived_at"]
    assert ann.call("POST", f"{path}/messages", {"content": "hi"}).status_code == 403
    assert ann.call("POST", f"{path}/unarchive").json()["archived_at"] is None
    assert api_for(bob).call("POST", f"{path}/leave").status_code == 204
    assert ann.call("DELETE", path).status_code == 204
    assert ann.call("GET", path).status_code == 404


def everything(room: UUID, message: UUID, user: UUID) -> list[Any]:
    """Each operation on a room or a message, with a body that would do."""
    return [
        ("GET", f"/rooms/{room}", None),
        ("PATCH", f"/rooms/{room}", {"name": "mine"}),
        ("DELETE", f"/rooms/{room}", None),
        ("POST", f"/rooms/{room}/archive", None),
        ("POST", f"/rooms/{room}/unarchive", None),
        ("POST", f"/rooms/{room}/join", None),
        ("POST", f"/rooms/{room}/leave", None),
        ("GET", f"/rooms/{room}/members", None),
        ("POST", f"/rooms/{room}/members", {"user_id": str(user)}),
        ("PATCH", f"/rooms/{room}/members/{user}", {"role": "admin"}),
        ("DELETE", f"/rooms/{room}/members/{user}", None),
        ("GET", f"/rooms/{room}/messages", None),
        ("POST", f"/rooms/{room}/messages", {"content": "hi"}),
        ("GET", f"/rooms/{room}/changes?since=0", None),
        ("PUT", f"/rooms/{room}/read", {"seq": 1}),
        ("GET", f"/messages/{message}", None),
        ("PATCH", f"/messages/{message}", {"content": "mine"}),
        ("DELETE", f"/messages/{message}", None),
        ("GET", f"/messages/{message}/revisions", None),
    ]


def test_to_a_stranger_everything_here_looks_missing(
    api_for: ApiFor, alice: User, charlie: User, history: Room
) -> None:
    message = history.messages.first()
    stranger, nowhere = api_for(charlie), uuid.uuid4()

    for (method, path, body), (_, missing, _) in zip(
        everything(history.pk, message.pk, alice.pk), everything(nowhere, nowhere, alice.pk), strict=True
    ):
        hidden = stranger.call(method, path, body)
        assert hidden.status_code == 404, path
        assert hidden.json() == stranger.call(method, missing, body).json()
    for method, path, body in [
        ("GET", "/orgs/halyard/rooms", None),
        ("POST", "/orgs/halyard/rooms", {"name": "x", "kind": "group"}),
        ("POST", "/orgs/halyard/rooms/direct", {"user_ids": [str(alice.pk)]}),
    ]:
        assert stranger.call(method, path, body).status_code == 404
    assert Message.objects.count() == 30
    assert Room.objects.count() == 1


def test_nobody_gets_in_without_signing_in(api_for: ApiFor, alice: User, history: Room) -> None:
    nobody = api_for(None)

    for method, path, body in everything(history.pk, history.messages.first().pk, alice.pk):
        assert nobody.call(method, path, body).status_code == 401, path


def test_members_are_told_what_only_admins_may_do(api_for: ApiFor, alice: User, bob: User, history: Room) -> None:
    member = api_for(bob)
    hers = history.messages.order_by("seq")[0]

    for method, path, body in [
        ("PATCH", f"/rooms/{history.pk}", {"name": "mine"}),
        ("DELETE", f"/rooms/{history.pk}", None),
        ("POST", f"/rooms/{history.pk}/archive", None),
        ("POST", f"/rooms/{history.pk}/unarchive", None),
        ("POST", f"/rooms/{history.pk}/members", {"user_id": str(bob.pk), "role": "admin"}),
        ("PATCH", f"/rooms/{history.pk}/members/{bob.pk}", {"role": "admin"}),
        ("DELETE", f"/rooms/{history.pk}/members/{alice.pk}", None),
        ("PATCH", f"/messages/{hers.pk}", {"content": "mine"}),
        ("DELETE", f"/messages/{hers.pk}", None),
    ]:
        assert member.call(method, path, body).status_code == 403, path


@pytest.mark.parametrize("room_id", ["1", "x", "0" * 400, "%00"])
def test_an_id_that_is_none_finds_nothing(ann: ApiClient, room_id: str) -> None:
    assert ann.call("GET", f"/rooms/{room_id}").status_code in (404, 422)


def test_fields_that_are_not_ours_to_set_stay_as_they_are(ann: ApiClient, room: Room) -> None:
    ann.call("PATCH", f"/rooms/{room.pk}", {"name": "new", "kind": "channel", "last_seq": 9, "is_general": True})

    room.refresh_from_db()
    assert (room.name, room.kind, room.last_seq, room.is_general) == ("new", "group", 0, False)


def test_a_browser_needs_its_csrf_token(alice: User, room: Room) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice, backend="accounts.backends.AuthenticationBackend")

    answer = browser.post(f"/api/v1/rooms/{room.pk}/messages", {"content": "hi"}, content_type="application/json")

    assert answer.status_code == 403
    assert RoomMember.objects.filter(user=alice, last_read_seq=0).exists()
