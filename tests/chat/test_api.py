"""Rooms and messages over REST: shapes, statuses, paging and who is refused. The rules are tested with the services."""

import uuid

import pytest

from chat.models import Message, Room, RoomMember
from chat.services.messages import Draft, delete_message, edit_message, post_messages
from chat.services.rooms import create_room


@pytest.fixture
def ann(alice, api_for):
    return api_for(alice)


@pytest.fixture
def history(alice, bob, room):
    """Thirty messages, by turns."""
    post_messages([Draft(author, room.pk, f"message {n}") for n, author in enumerate([alice, bob] * 15, start=1)])
    return room


def seqs(answer):
    return [item["seq"] for item in answer.json()["items"]]


def test_a_posted_message_has_the_agreed_shape(ann, alice, room):
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


def test_a_repeated_client_id_answers_200_and_other_words_409(ann, room):
    path = f"/rooms/{room.pk}/messages"
    first = ann.call("POST", path, {"content": "hi", "client_id": "a"})
    again = ann.call("POST", path, {"content": "hi", "client_id": "a"})
    other = ann.call("POST", path, {"content": "ho", "client_id": "a"})

    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert first.json() == again.json()
    assert other["Content-Type"] == "application/problem+json"


def test_history_pages_both_ways_in_ascending_order(ann, history):
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


def test_history_costs_the_same_however_much_it_shows(ann, history, django_assert_num_queries):
    for limit in (1, 30):
        ann.call("GET", f"/rooms/{history.pk}/messages?limit={limit}")
        with django_assert_num_queries(3):  # token, room, keys
            ann.call("GET", f"/rooms/{history.pk}/messages?limit={limit}")


def test_changes_bring_a_client_up_to_the_database(ann, alice, history):
    first, second = history.messages.order_by("seq")[:2]
    edit_message(actor=alice, message_id=first.pk, content="better")
    delete_message(actor=alice, message_id=second.pk)

    answer = ann.call("GET", f"/rooms/{history.pk}/changes?since=30").json()

    assert [(item["seq"], item["version"], item["content"]) for item in answer["items"]] == [
        (1, 31, "better"),
        (2, 32, None),
    ]
    assert (answer["version"], answer["has_more"], answer["reset"]) == (32, False, False)


def test_changes_come_in_pieces_without_a_gap(ann, history):
    seen, since, more = [], 0, True
    while more:
        answer = ann.call("GET", f"/rooms/{history.pk}/changes?since={since}&limit=7").json()
        seen += [item["version"] for item in answer["items"]]
        since, more = answer["version"], answer["has_more"]

    assert seen == list(range(1, 31))


def test_a_client_ahead_of_the_room_is_told_to_start_over(ann, room):
    assert ann.call("GET", f"/rooms/{room.pk}/changes?since=9").json()["reset"] is True


def test_rooms_are_listed_with_what_is_unread(ann, api_for, bob, history):
    [mine] = api_for(bob).call("GET", "/orgs/halyard/rooms").json()["items"]
    assert (mine["unread"], mine["last_seq"], mine["version"], mine["mentions"]) == (0, 30, 30, 0)

    [hers] = ann.call("GET", "/orgs/halyard/rooms").json()["items"]
    assert hers["unread"] == 1


def test_the_list_of_rooms_costs_the_same_for_one_and_for_twenty(ann, alice, bob, room, django_assert_num_queries):
    def look():
        with django_assert_num_queries(5):  # token, organisation, memberships, mentions, others
            ann.call("GET", "/orgs/halyard/rooms")

    from chat.services.rooms import open_direct_room

    open_direct_room(actor=alice, organisation_slug="halyard", user_ids=[bob.pk])
    look()
    for n in range(20):
        create_room(actor=alice, organisation_slug="halyard", kind="channel", name=f"room {n}")
    look()


def test_browsing_lists_channels_and_no_groups(api_for, alice, bob, room):
    create_room(actor=alice, organisation_slug="halyard", kind="channel", name="news")

    [found] = api_for(bob).call("GET", "/orgs/halyard/rooms?browse=true").json()["items"]

    assert (found["name"], found["joined"], found["member_count"]) == ("news", False, 1)


def test_rooms_are_paged(ann, alice, halyard):
    for n in range(5):
        create_room(actor=alice, organisation_slug="halyard", kind="channel", name=f"room {n}")

    first = ann.call("GET", "/orgs/halyard/rooms?limit=3").json()
    rest = ann.call("GET", f"/orgs/halyard/rooms?limit=3&cursor={first['next_cursor']}").json()

    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (3, 2, None)


def test_a_direct_room_is_201_once_and_200_after(ann, bob, halyard):
    answers = [ann.call("POST", "/orgs/halyard/rooms/direct", {"user_ids": [str(bob.pk)]}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["id"] == answers[1].json()["id"]


def test_the_life_of_a_room(ann, api_for, bob, robin, halyard):
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


def test_reading_and_marking_unread(api_for, bob, history):
    reader = api_for(bob)

    assert reader.call("PUT", f"/rooms/{history.pk}/read", {"seq": 10}).json() == {"unread": 20, "mentions": 0}
    assert reader.call("PUT", f"/rooms/{history.pk}/read", {"seq": 30}).json() == {"unread": 0, "mentions": 0}


def test_a_message_can_be_read_changed_and_deleted(ann, history):
    path = f"/messages/{history.messages.order_by('seq')[0].pk}"

    assert ann.call("GET", path).json()["content"] == "message 1"
    assert ann.call("PATCH", path, {"content": "changed"}).json()["edited_at"]
    assert [item["content"] for item in ann.call("GET", f"{path}/revisions").json()["items"]] == ["message 1"]
    assert ann.call("DELETE", path).status_code == 204
    assert ann.call("GET", path).json()["content"] is None
    assert ann.call("GET", f"{path}/revisions").status_code == 404


def everything(room, message, user):
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


def test_to_a_stranger_everything_here_looks_missing(api_for, alice, charlie, history):
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


def test_nobody_gets_in_without_signing_in(api_for, alice, history):
    nobody = api_for(None)

    for method, path, body in everything(history.pk, history.messages.first().pk, alice.pk):
        assert nobody.call(method, path, body).status_code == 401, path


def test_members_are_told_what_only_admins_may_do(api_for, alice, bob, history):
    member = api_for(bob)
    hers = history.messages.order_by("seq")[0]

    for method, path, body in [
        ("PATCH", f"/rooms/{history.pk}", {"name": "mine"}),
        ("DELETE", f"/rooms/{history.pk}", None),
        ("POST", f"/rooms/{history.pk}/archive", None),
        ("PATCH", f"/rooms/{history.pk}/members/{bob.pk}", {"role": "admin"}),
        ("DELETE", f"/rooms/{history.pk}/members/{alice.pk}", None),
        ("PATCH", f"/messages/{hers.pk}", {"content": "mine"}),
        ("DELETE", f"/messages/{hers.pk}", None),
    ]:
        assert member.call(method, path, body).status_code == 403, path


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
def test_a_bad_message_is_refused_in_words(ann, room, body):
    answer = ann.call("POST", f"/rooms/{room.pk}/messages", body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["msg"]
    assert not Message.objects.exists()


@pytest.mark.parametrize("value", ["-1", "x", str(2**63), str(10**20), "1.5", ""])
@pytest.mark.parametrize("name", ["before", "after", "around", "limit", "since"])
def test_bad_numbers_are_refused(ann, room, name, value):
    path = "changes" if name == "since" else "messages"

    assert ann.call("GET", f"/rooms/{room.pk}/{path}?{name}={value}").status_code == 422


@pytest.mark.parametrize("room_id", ["1", "x", "0" * 400, "%00"])
def test_an_id_that_is_none_finds_nothing(ann, room_id):
    assert ann.call("GET", f"/rooms/{room_id}").status_code in (404, 422)


def test_fields_that_are_not_ours_to_set_stay_as_they_are(ann, room):
    ann.call("PATCH", f"/rooms/{room.pk}", {"name": "new", "kind": "channel", "last_seq": 9, "is_general": True})

    room.refresh_from_db()
    assert (room.name, room.kind, room.last_seq, room.is_general) == ("new", "group", 0, False)


def test_a_browser_needs_its_csrf_token(alice, room):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice, backend="accounts.backends.AuthenticationBackend")

    answer = browser.post(f"/api/v1/rooms/{room.pk}/messages", {"content": "hi"}, content_type="application/json")

    assert answer.status_code == 403
    assert RoomMember.objects.filter(user=alice, last_read_seq=0).exists()
