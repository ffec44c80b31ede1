"""Whom a message may mention is offered while a name is typed."""

from __future__ import annotations

from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from chat.mentions.suggestions import suggest_mentions
from chat.messages.services.post import post_message
from chat.models import Room
from chat.rooms.services.rooms import open_direct_room
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_membership, make_room, make_room_member, make_user


@pytest.fixture
def crew(halyard: Organisation, room: Room) -> dict[str, User]:
    """More members of the room, and two of the organisation alone."""
    names = {"jose": "José Álvarez", "mei": "Mei-Lin Tanaka", "bo": "Bo Bobsson", "taro": "田中太郎"}
    inside = {handle: make_user(name, username=handle, email=None) for handle, name in names.items()}
    for user in inside.values():
        make_membership(halyard, user)
        make_room_member(room, user)
    outside = {handle: make_user(f"{handle.title()} Outside", username=handle) for handle in ("bea", "zoe")}
    for user in outside.values():
        make_membership(halyard, user)
    return inside | outside


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("bob", ["bob", "bo"]),
        ("jos", ["jose"]),
        ("ALVA", ["jose"]),
        ("álva", ["jose"]),
        ("lin", ["mei"]),
        ("mei-", ["mei"]),
        ("太", ["taro"]),
        ("be", ["bea"]),
        ("outs", ["bea", "zoe"]),
        ("bo bob", ["bo"]),
        ("varez", []),
        ("%", []),
        ("alice", []),
    ],
)
def test_names_are_found_by_the_beginning_of_a_word(
    alice: User, room: Room, crew: dict[str, User], q: str, found: list[str]
) -> None:
    offered = suggest_mentions(user=alice, room_id=room.pk, q=q)
    assert [each.handle for each in offered if each.user] == found


def test_who_wrote_last_comes_first_and_who_is_outside_last(alice: User, room: Room, crew: dict[str, User]) -> None:
    for handle in ("mei", "taro"):
        post_message(actor=crew[handle], room_id=room.pk, content="hello")

    found = suggest_mentions(user=alice, room_id=room.pk)

    inside = ["taro", "mei", "bo", "bob", "jose", "robin", "room", "here"]
    assert [each.handle for each in found] == [*inside, "bea", "zoe"]
    assert [each.is_in_room for each in found] == [True] * 8 + [False] * 2
    assert [each.user_count for each in found if each.user is None] == [5, 0]


def test_in_a_thread_who_wrote_there_comes_first(alice: User, bob: User, room: Room, crew: dict[str, User]) -> None:
    root = post_message(actor=bob, room_id=room.pk, content="root").message
    post_message(actor=crew["jose"], room_id=room.pk, content="reply", thread_id=root.pk)
    post_message(actor=crew["mei"], room_id=room.pk, content="elsewhere")

    assert suggest_mentions(user=alice, room_id=room.pk, thread_id=root.pk)[0].user == crew["jose"]
    assert suggest_mentions(user=alice, room_id=room.pk)[0].user == crew["mei"]


def test_a_thread_of_another_room_is_not_counted_in(
    api_for: ApiFor, alice: User, bob: User, halyard: Organisation, room: Room
) -> None:
    hidden = post_message(actor=alice, room_id=make_room(halyard, "hidden", admin=alice).pk, content="root").message
    suggested, page = f"/rooms/{room.pk}/mention-suggestions?q=room&thread_id=", api_for(bob)

    assert [page.call("GET", f"{suggested}{pk}").status_code for pk in (hidden.pk, uuid4())] == [422, 422]


def test_a_guest_is_offered_nobody_from_elsewhere(alice: User, bob: User, room: Room, crew: dict[str, User]) -> None:
    Membership.objects.filter(user=bob).update(role=Membership.Role.GUEST)

    assert suggest_mentions(user=bob, room_id=room.pk, q="outs") == []
    assert all(each.user for each in suggest_mentions(user=bob, room_id=room.pk))


def test_in_a_direct_room_nobody_else_is_offered(alice: User, bob: User, room: Room, crew: dict[str, User]) -> None:
    direct, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[bob.pk])

    assert [each.user for each in suggest_mentions(user=alice, room_id=direct.pk)] == [bob]


def test_rest_and_the_page_offer_the_same(
    api_for: ApiFor, client_for: ClientFor, alice: User, charlie: User, room: Room, crew: dict[str, User]
) -> None:
    path = f"/rooms/{room.pk}/mention-suggestions?q=be"

    [offered] = api_for(alice).call("GET", path).json()["items"]
    page = client_for(alice).get(f"/rooms/{room.pk}/mentions/?q=be").content.decode()

    assert (offered["handle"], offered["is_in_room"]) == ("bea", False)
    assert page.count("<li") == 1
    assert 'data-text="@bea"' in page
    assert api_for(charlie).call("GET", path).status_code == 404
    assert client_for(charlie).get(f"/rooms/{room.pk}/mentions/").status_code == 404


@pytest.mark.parametrize(
    ("q", "handles"),
    [("ro", ["robin", "room"]), ("room", ["room"]), ("all", ["all"]), ("ever", ["room"]), ("h", ["here"]), ("x", [])],
)
def test_all_are_offered_by_any_of_the_usual_words(alice: User, room: Room, q: str, handles: list[str]) -> None:
    assert [each.handle for each in suggest_mentions(user=alice, room_id=room.pk, q=q)] == handles


def test_suggestions_take_eight_queries(
    alice: User, room: Room, crew: dict[str, User], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # Room, own membership, recent authors, members, others, groups, two broadcasts.
    with django_assert_num_queries(8):
        suggest_mentions(user=alice, room_id=room.pk)
