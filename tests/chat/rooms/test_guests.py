"""What guests hear of: the rooms they are in, and none of the open channels beside them."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Membership, Organisation, User
from accounts.organisations.services.members import change_member_role
from accounts.organisations.services.organisations import delete_organisation
from accounts.tokens.services.families import issue_tokens
from chat.models import Room
from chat.rooms.services.rooms import create_room, update_room
from chat.socket.handshake import Credentials, authenticate
from chat.topics import commons_topic
from lib.realtime.hub import Event


@pytest.fixture
def guest(bob: User, halyard: Organisation) -> User:
    Membership.objects.filter(user=bob).update(role="guest")
    return bob


def topics_of(user: User) -> frozenset[str]:
    """What a socket of theirs listens to from the start."""
    return authenticate(Credentials(token=issue_tokens(user=user).access_token)).topics


def told(published: list[Event]) -> set[str]:
    return {event.topic for event in published if event.frame}


@pytest.fixture
def open_channel(
    alice: User,
    halyard: Organisation,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Callable[..., Any]:
    def opened(*members: Any) -> Room:
        with django_capture_on_commit_callbacks(execute=True):
            return create_room(
                actor=alice,
                slug="halyard",
                kind="channel",
                name="news",
                member_ids=[member.pk for member in members],
            )

    return opened


def test_a_guest_hears_of_no_channel_that_others_hear_of(
    alice: User, guest: User, charlie: User, open_channel: Callable[..., Any], published: list[Event]
) -> None:
    open_channel()

    assert told(published) & topics_of(alice)
    assert not told(published) & topics_of(guest)
    assert not told(published) & topics_of(charlie)


def test_a_guest_inside_hears_of_it_once(
    guest: User,
    alice: User,
    open_channel: Callable[..., Any],
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    channel = open_channel(guest)
    assert len(told(published) & topics_of(guest)) == len(told(published) & topics_of(alice)) == 1

    published.clear()
    with django_capture_on_commit_callbacks(execute=True):
        update_room(actor=alice, room_id=channel.pk, topic="What is new", system_messages=False)

    assert [len(told(published) & topics_of(user)) for user in (guest, alice)] == [1, 1]


@pytest.mark.parametrize(("role", "action"), [("guest", "unsubscribe"), ("member", "subscribe")])
def test_another_role_is_heard_by_open_sockets(
    alice: User,
    bob: User,
    halyard: Organisation,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    role: str,
    action: str,
) -> None:
    Membership.objects.filter(user=bob).update(role="member" if role == "guest" else "guest")

    with django_capture_on_commit_callbacks(execute=True):
        change_member_role(actor=alice, slug="halyard", user_id=bob.pk, role=role)

    told, again = published
    assert (told.topic, told.action, told.argument) == (f"user:{bob.pk}", action, commons_topic(halyard.pk))
    assert (again.topic, again.action) == (told.topic, "reauthorise")


def test_an_organisation_that_goes_is_heard_of_no_more(
    alice: User,
    bob: User,
    room: Room,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    heard = topics_of(bob)
    organisation = room.organisation_id

    with django_capture_on_commit_callbacks(execute=True):
        delete_organisation(actor=alice, slug="halyard")

    cut = {event.topic for event in published if event.action == "unsubscribe" and event.argument == event.topic}
    assert cut == {f"room:{room.pk}", f"organisation:{organisation}", commons_topic(organisation)} <= heard
