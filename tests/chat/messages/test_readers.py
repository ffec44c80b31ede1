"""Who has read up to a message."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ObjectDoesNotExist
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from accounts.organisations.services.organisations import set_message_rules
from chat.messages.queries.readers import readers_of
from chat.messages.services.edit import delete_message
from chat.messages.services.post import post_message
from chat.messages.services.read import mark_read
from chat.models import Message, Room
from chat.rooms.services.membership import leave_room
from chat.threads.services import mark_thread_read
from lib.web.errors import SwitchedOff
from tests.chat.steps import say
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_room_member, make_user


def names(user: User, message: Message) -> list[str]:
    return [member.user.name for member in readers_of(user=user, message_id=message.pk).order_by("pk")]


def test_who_has_read_is_listed_without_the_author(alice: User, bob: User, robin: User, room: Room) -> None:
    first, second = say(alice, room), say(alice, room)
    mark_read(actor=bob, room_id=room.pk, seq=2)
    mark_read(actor=robin, room_id=room.pk, seq=1)

    assert (names(alice, first), names(robin, second)) == (["Bob", "Robin"], ["Bob"])
    mark_read(actor=bob, room_id=room.pk, seq=0)
    assert (names(alice, first), names(alice, second)) == (["Robin"], [])


def leave(bob: User, room: Room) -> None:
    leave_room(actor=bob, room_id=room.pk)


def deactivate(bob: User, room: Room) -> None:
    User.objects.filter(pk=bob.pk).update(is_active=False)


@pytest.mark.parametrize("go", [leave, deactivate])
def test_who_has_gone_is_not_listed(alice: User, bob: User, room: Room, go: Callable[[User, Room], None]) -> None:
    message = say(alice, room)
    mark_read(actor=bob, room_id=room.pk, seq=1)
    go(bob, room)

    assert names(alice, message) == []


def test_a_reply_is_read_in_its_thread(alice: User, bob: User, robin: User, room: Room) -> None:
    root = say(alice, room)
    post_message(actor=bob, room_id=room.pk, content="1", thread_id=root.pk)
    reply = post_message(actor=robin, room_id=room.pk, content="2", thread_id=root.pk).message
    mark_read(actor=alice, room_id=room.pk, seq=1)

    assert names(alice, reply) == []
    mark_thread_read(actor=bob, root_id=root.pk, seq=2)
    assert names(alice, reply) == ["Bob"]


def test_an_organisation_may_show_no_readers(api_for: ApiFor, alice: User, bob: User, room: Room) -> None:
    message = say(alice, room)
    set_message_rules(actor=alice, slug="halyard", read_receipts=False)
    answer = api_for(bob).call("GET", f"/messages/{message.pk}/readers")

    assert (answer.status_code, answer.json()["code"]) == (403, "read_receipts_off")
    with pytest.raises(SwitchedOff):
        names(alice, message)


def test_strangers_and_those_who_ask_for_a_deleted_message_find_nothing(
    alice: User, bob: User, charlie: User, room: Room
) -> None:
    message = say(alice, room)
    with pytest.raises(ObjectDoesNotExist):
        names(charlie, message)
    delete_message(actor=alice, message_id=message.pk)
    with pytest.raises(ObjectDoesNotExist):
        names(bob, message)


def test_many_readers_cost_what_one_costs(
    client_for: ClientFor,
    api_for: ApiFor,
    alice: User,
    bob: User,
    halyard: Organisation,
    room: Room,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    message = say(alice, room)
    for n in range(60):
        make_room_member(room, make_user(f"Person {n}"))
    room.members.exclude(user=alice).update(last_read_seq=1)
    browser, api = client_for(bob), api_for(bob)
    for client, path in ((browser, ""), (api, "/api/v1")):  # of a session, the first request is noted
        client.get(f"{path}/messages/{message.pk}/readers{'' if path else '/'}")

    with django_assert_num_queries(4):  # session, user, message, readers
        page = browser.get(f"/messages/{message.pk}/readers/").content.decode()
    with django_assert_num_queries(3):  # token, message, readers
        answer = api.call("GET", f"/messages/{message.pk}/readers?limit=50").json()

    assert page.count("person__name") == 50
    assert "page=2" in page
    assert len(answer["items"]) == 50
    assert {reader["email"] for reader in answer["items"]} == {None}
