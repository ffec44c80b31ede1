"""A message that names a user who is not in the room: its author is told, and may add them."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from chat.messages.content import prepare_content
from chat.models import Mention, Room
from tests.conftest import ApiFor
from tests.factories import make_membership, make_room, make_user


@pytest.fixture
def mei(halyard: Organisation) -> User:
    """A member of the organisation who is not in the room."""
    user = make_user("Mei Tanaka", username="mei")
    make_membership(halyard, user)
    return user


def test_the_author_is_told_who_is_not_in_the_room(
    api_for: ApiFor, alice: User, bob: User, room: Room, mei: User
) -> None:
    posted = api_for(alice).call("POST", f"/rooms/{room.pk}/messages", {"content": "@bob, @mei: look"}).json()

    assert posted["not_in_room"] == [{"id": str(mei.pk), "name": "Mei Tanaka", "username": "mei"}]
    assert posted["mentions"] == [str(bob.pk)]
    assert "@mei: look" in posted["html"]
    assert not Mention.objects.filter(user=mei).exists()


def test_they_are_added_and_mentioned_by_the_next_message(api_for: ApiFor, alice: User, room: Room, mei: User) -> None:
    author = api_for(alice)
    [absent] = author.call("POST", f"/rooms/{room.pk}/messages", {"content": "@mei"}).json()["not_in_room"]

    assert author.call("POST", f"/rooms/{room.pk}/members", {"user_id": absent["id"]}).status_code == 201
    posted = author.call("POST", f"/rooms/{room.pk}/messages", {"content": "@mei"}).json()

    assert "not_in_room" not in posted
    assert posted["mentions"] == [str(mei.pk)]


def test_an_edit_and_a_repeated_message_tell_too(api_for: ApiFor, alice: User, room: Room, mei: User) -> None:
    author, sent = api_for(alice), {"content": "@mei", "client_id": "once"}
    posted = author.call("POST", f"/rooms/{room.pk}/messages", sent).json()
    again = author.call("POST", f"/rooms/{room.pk}/messages", sent)

    assert (again.status_code, again.json()) == (200, posted)
    edited = author.call("PATCH", f"/messages/{posted['id']}", {"content": "@mei!"}).json()
    assert edited["not_in_room"] == posted["not_in_room"]
    assert "not_in_room" not in author.call("PATCH", f"/messages/{posted['id']}", {"content": "nobody"}).json()


def test_nobody_else_hears_of_it(api_for: ApiFor, alice: User, bob: User, room: Room, mei: User) -> None:
    posted = api_for(alice).call("POST", f"/rooms/{room.pk}/messages", {"content": "@mei"}).json()

    assert "not_in_room" not in api_for(bob).call("GET", f"/messages/{posted['id']}").json()


@pytest.mark.parametrize("text", ["`@mei`", "mail x@mei.example", "@mei/widgets", "@charlie", "@nobody"])
def test_who_is_not_named_or_not_known_is_not_told_of(
    api_for: ApiFor, alice: User, charlie: User, room: Room, mei: User, text: str
) -> None:
    assert "not_in_room" not in api_for(alice).call("POST", f"/rooms/{room.pk}/messages", {"content": text}).json()


def test_a_deactivated_user_is_not_suggested(api_for: ApiFor, alice: User, room: Room, mei: User) -> None:
    User.objects.filter(pk=mei.pk).update(is_active=False)

    assert "not_in_room" not in api_for(alice).call("POST", f"/rooms/{room.pk}/messages", {"content": "@mei"}).json()


def test_a_guest_learns_of_acquaintances_alone(
    api_for: ApiFor, alice: User, halyard: Organisation, room: Room, mei: User
) -> None:
    gus, ada = make_user("Gus"), make_user("Ada")
    make_membership(halyard, gus, role=Membership.Role.GUEST)
    make_membership(halyard, ada)
    here = make_room(halyard, "here", admin=alice, members=[gus])
    make_room(halyard, "there", admin=alice, members=[gus, ada])

    posted = api_for(gus).call("POST", f"/rooms/{here.pk}/messages", {"content": "@mei and @ada"}).json()

    assert [user["username"] for user in posted["not_in_room"]] == ["ada"]


def test_a_longer_name_of_a_user_elsewhere_hides_the_shorter_one(
    alice: User, bob: User, halyard: Organisation, room: Room
) -> None:
    make_membership(halyard, make_user("Bob Smith", username="bob.smith"))

    content = prepare_content("@bob.smith", author=alice, room_id=room.pk)

    assert (content.mentioned_ids, [user.username for user in content.unreached.absent]) == ([], ["bob.smith"])


def test_names_take_one_query_and_unknown_ones_of_absent_users_another(
    alice: User, bob: User, room: Room, mei: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        prepare_content("no names, `@code` and x@y.example", author=alice, room_id=room.pk)
    with django_assert_num_queries(1):
        prepare_content("@bob @robin", author=alice, room_id=room.pk)
    with django_assert_num_queries(2):  # it may be a group
        prepare_content("@bob @robin @nobody", author=alice, room_id=room.pk)
    with django_assert_num_queries(2):
        prepare_content("@bob @mei", author=alice, room_id=room.pk)
