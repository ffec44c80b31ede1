"""Who is here: several sockets make one state, a reload is no departure."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from accounts.profiles.services.profile import update_profile
from chat.socket import presence
from chat.socket.presence import PresenceBoard
from chat.socket.presence_rows import save_presences
from tests.conftest import ApiFor


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    states = []
    monkeypatch.setattr(presence.events, "presence_changed", lambda **event: states.append(event["state"]))
    return states


class Ear:
    """A socket that listens to one organisation."""

    def __init__(self, *organisations: Any) -> None:
        self.topics = {f"organisation:{name}" for name in organisations}


PHONE, LAPTOP = Ear("halyard"), Ear("halyard")


def run(steps: Callable[..., Any]) -> None:
    async def go() -> None:
        board = PresenceBoard()
        await steps(board)

    asyncio.run(go())


def test_the_liveliest_socket_decides(told: list[Any]) -> None:
    async def steps(board: PresenceBoard) -> None:
        board.add_socket(PHONE, 1)
        board.add_socket(LAPTOP, 1)
        board.set_socket_state(PHONE, 1, "away")
        board.set_socket_state(LAPTOP, 1, "away")
        board.set_socket_state(PHONE, 1, "busy")

    run(steps)
    assert told == ["online", "away", "busy"]


def test_a_reload_is_no_departure(told: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "GRACE_SECONDS", 0.05)

    async def steps(board: PresenceBoard) -> None:
        board.add_socket(PHONE, 1)
        board.remove_socket(PHONE, 1)
        board.add_socket(LAPTOP, 1)
        await asyncio.sleep(0.1)

    run(steps)
    assert told == ["online"]


def test_the_last_socket_to_close_is_a_departure(told: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "GRACE_SECONDS", 0.01)

    async def steps(board: PresenceBoard) -> None:
        board.add_socket(PHONE, 1)
        board.remove_socket(PHONE, 1)
        await asyncio.sleep(0.05)
        assert board.take_unsaved(include_all=True) == {1: "offline"}
        assert board.count_sockets(1) == 0

    run(steps)
    assert told == ["online", "offline"]


def test_whoever_is_seen_to_go_elsewhere_but_is_here_stays(told: list[Any]) -> None:
    async def steps(board: PresenceBoard) -> None:
        board.reannounce(1)
        board.add_socket(PHONE, 1)
        board.take_unsaved(include_all=False)
        board.reannounce(1)
        assert board.take_unsaved(include_all=False) == {1: "online"}

    run(steps)
    assert told == ["online", "online"]


def test_those_are_told_who_share_an_organisation_now(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    monkeypatch.setattr(presence.events, "presence_changed", lambda **event: told.append(sorted(event["topics"])))
    monkeypatch.setattr(presence, "GRACE_SECONDS", 0.01)
    ear = Ear("old")

    async def steps(board: Any) -> None:
        board.add_socket(ear, 1)
        ear.topics = {"organisation:new", "user:1"}
        board.set_socket_state(ear, 1, "busy")
        board.remove_socket(ear, 1)
        ear.topics = set()
        await asyncio.sleep(0.05)

    run(steps)
    assert told == [["commons:old", "person:1"], ["commons:new", "person:1"], ["commons:new", "person:1"]]


def test_states_are_written_with_one_statement_each(
    alice: User, bob: User, charlie: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        save_presences({alice.pk: "online", bob.pk: "online", charlie.pk: "busy"})

    alice.refresh_from_db()
    assert alice.current_presence == "online"


def test_a_row_that_nobody_renews_reads_as_offline(alice: User) -> None:
    save_presences({alice.pk: "online"})
    User.objects.filter(pk=alice.pk).update(seen_at=timezone.now() - timedelta(seconds=31))

    alice.refresh_from_db()
    assert alice.current_presence == "offline"


def test_what_somebody_says_outranks_their_sockets_while_one_is_open(
    told: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "GRACE_SECONDS", 0.01)

    async def steps(board: PresenceBoard) -> None:
        board.add_socket(PHONE, 1)
        board.set_availability(1, "busy")
        board.set_socket_state(PHONE, 1, "away")
        board.add_socket(LAPTOP, 1, "busy")
        board.set_availability(1, "auto")
        board.set_availability(1, "away")
        for ear in (PHONE, LAPTOP):
            board.remove_socket(ear, 1)
        await asyncio.sleep(0.05)
        board.set_availability(1, "busy")

    run(steps)
    assert told == ["online", "busy", "online", "away", "offline"]


def test_whoever_comes_back_is_still_as_they_said(told: list[Any]) -> None:
    async def steps(board: PresenceBoard) -> None:
        board.add_socket(PHONE, 1, "away")
        board.set_socket_state(PHONE, 1, "active")

    run(steps)
    assert told == ["away"]


@pytest.mark.parametrize(("said", "row", "read"), [("busy", "online", "busy"), ("auto", "away", "away")])
def test_pages_read_it_from_the_row(alice: User, said: str, row: str, read: str) -> None:
    save_presences({alice.pk: row})
    assert update_profile(actor=alice, availability=said).current_presence == read

    save_presences({alice.pk: "offline"})
    alice.refresh_from_db()
    assert alice.current_presence == "offline"


def test_only_three_words_are_known(api_for: ApiFor, alice: User) -> None:
    api = api_for(alice)

    assert api.call("PATCH", "/me", {"availability": "busy"}).json()["availability"] == "busy"
    for wrong in ("offline", None, 7):
        assert api.call("PATCH", "/me", {"availability": wrong}).status_code == 422


def test_a_user_whom_a_dead_process_left_is_announced(
    halyard: Organisation, alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(presence, "FLUSH_SECONDS", 0.01)
    monkeypatch.setattr(presence, "SWEEP_SECONDS", 0.0)
    monkeypatch.setattr(presence.events, "presence_changed", lambda **event: told.append(event))

    async def run_here(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if function is save_presences:
            return None
        return {alice.pk: frozenset({"commons:halyard"})} if kwargs["here"] == [bob.pk] and len(told) < 2 else {}

    monkeypatch.setattr(presence, "run_in_pool", run_here)

    async def steps(board: PresenceBoard) -> None:
        board.add_socket(PHONE, bob.pk)
        await asyncio.sleep(0.1)

    run(steps)
    assert told[1:] == [{"user_id": alice.pk, "topics": frozenset({"commons:halyard"}), "state": "offline"}]
