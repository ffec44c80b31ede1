"""The backstop finds what events did not tell."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.db.models import F
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Session, TokenFamily, User
from accounts.tokens.services.families import issue_tokens
from accounts.topics import user_topic
from chat.models import Room, RoomMember
from chat.socket.reconcile import diff_snapshot, take_snapshot
from chat.topics import commons_topic, organisation_topic, room_topic
from lib.realtime.hub import Event, Hub
from tests.conftest import ClientFor
from tests.lib.realtime.test_hub import Ear

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    monkeypatch.setattr("lib.realtime.broker.connects_processes", lambda: False)
    return Hub(asyncio.new_event_loop())


def open_socket(hub: Hub, user: User, room: Room, session: str) -> Ear:
    ear = Ear()
    ear.user_id = user.pk
    hub.join(ear, [user_topic(user.pk), room_topic(room.pk), session])
    hub.remember_versions({room_topic(room.pk): room.version})
    return ear


def look(hub: Hub) -> None:
    hub.deliver(diff_snapshot(take_snapshot(hub)))


@pytest.fixture
def session(bob: User, client_for: ClientFor) -> str:
    client_for(bob)
    return f"session:{Session.objects.get(user=bob).public_id}"


def test_nothing_is_said_when_all_is_as_believed(hub: Hub, bob: User, room: Room, session: str) -> None:
    ear = open_socket(hub, bob, room, session)

    look(hub)

    assert (ear.heard, ear.closed) == ([], None)


def test_a_room_that_moved_on_unheard_is_announced_once(hub: Hub, bob: User, room: Room, session: str) -> None:
    ear = open_socket(hub, bob, room, session)
    Room.objects.filter(pk=room.pk).update(version=F("version") + 3)

    look(hub)
    look(hub)

    [payload] = ear.heard
    frame = orjson.loads(payload)
    assert (frame["type"], frame["room"]["version"]) == ("room.updated", 3)


def test_a_room_whose_events_were_heard_is_not(hub: Hub, bob: User, room: Room, session: str) -> None:
    ear = open_socket(hub, bob, room, session)
    Room.objects.filter(pk=room.pk).update(version=1)
    hub.deliver([Event(room_topic(room.pk), b"heard", version=1)])

    look(hub)

    assert ear.heard == [b"heard"]


def test_a_session_that_ended_unheard_closes_its_socket(hub: Hub, bob: User, room: Room, session: str) -> None:
    ear = open_socket(hub, bob, room, session)
    Session.objects.all().delete()

    look(hub)

    assert ear.closed == 4401


def test_a_token_that_was_revoked_unheard_closes_its_socket(hub: Hub, bob: User, room: Room) -> None:
    issue_tokens(user=bob)
    family = TokenFamily.objects.get()
    ear = open_socket(hub, bob, room, f"token:{family.pk}")
    look(hub)
    assert ear.closed is None

    TokenFamily.objects.update(revoked_at=F("expires_at"))
    look(hub)

    assert ear.closed == 4401


@pytest.mark.parametrize(
    "end",
    [
        lambda: Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1)),
        lambda: User.objects.filter(username="bob").update(is_active=False),
        lambda: User.objects.filter(username="bob").update(second_factor_due=True),
    ],
    ids=["expired", "deactivated", "second factor due"],
)
def test_a_session_that_no_longer_counts_closes_its_socket(
    hub: Hub, bob: User, room: Room, session: str, end: Callable[[], object]
) -> None:
    ear = open_socket(hub, bob, room, session)
    look(hub)
    assert ear.closed is None

    end()
    look(hub)

    assert ear.closed == 4401


@pytest.mark.parametrize(
    "end",
    [
        lambda: TokenFamily.objects.update(expires_at=timezone.now() - timedelta(seconds=1)),
        lambda: User.objects.filter(username="bob").update(is_active=False),
    ],
    ids=["expired", "deactivated"],
)
def test_a_token_that_no_longer_counts_closes_its_socket(
    hub: Hub, bob: User, room: Room, end: Callable[[], object]
) -> None:
    issue_tokens(user=bob)
    ear = open_socket(hub, bob, room, f"token:{TokenFamily.objects.get().pk}")

    end()
    look(hub)

    assert ear.closed == 4401


@pytest.mark.parametrize("place", [RoomMember, Membership])
def test_a_membership_that_ended_unheard_is_cut_off(hub: Hub, bob: User, room: Room, session: str, place: type) -> None:
    ear = open_socket(hub, bob, room, session)
    place.objects.filter(user=bob).delete()

    look(hub)

    assert [orjson.loads(payload)["type"] for payload in ear.heard] == ["room.removed"]
    assert room_topic(room.pk) not in ear.topics


@pytest.mark.parametrize(("role", "kept"), [("guest", ["organisation"]), (None, [])])
def test_an_organisation_one_sees_less_of_unheard_falls_silent(
    hub: Hub, bob: User, room: Room, session: str, role: str | None, kept: list[Any]
) -> None:
    ear = open_socket(hub, bob, room, session)
    topics = [organisation_topic(room.organisation_id), commons_topic(room.organisation_id)]
    hub.join(ear, topics)
    look(hub)
    assert set(topics) <= ear.topics
    memberships = Membership.objects.filter(user=bob)

    memberships.update(role=role) if role else memberships.delete()
    look(hub)

    assert [topic.partition(":")[0] for topic in topics if topic in ear.topics] == kept


def test_watching_costs_the_same_for_one_socket_and_for_twenty(
    hub: Hub, bob: User, room: Room, session: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        hub.join(open_socket(hub, bob, room, session), [organisation_topic(room.organisation_id)])

    with django_assert_num_queries(4):
        look(hub)
