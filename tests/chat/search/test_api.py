"""Search over REST."""

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from chat.models import Room
from chat.search.queries import candidates, messages
from tests.chat.steps import LOOKING, say, say_all
from tests.conftest import ApiClient, ApiFor
from tests.factories import make_room

pytestmark = pytest.mark.django_db


def test_what_is_found_is_a_message_with_its_snippet_and_room(ann: ApiClient, alice: User, room: Room) -> None:
    message = say(alice, room, "The <b>tide</b> window")

    answer = ann.call("GET", "/search?org=halyard&q=tide").json()

    [item] = answer["items"]
    assert answer["next_cursor"] is None
    assert item == ann.call("GET", f"/messages/{message.pk}").json() | {
        "snippet": "The &lt;b&gt;<mark>tide</mark>&lt;/b&gt; window",
        "room_name": "design",
        "found_file": None,
    }


def test_rooms_and_users_of_that_name_come_with_the_first_page(
    ann: ApiClient, alice: User, halyard: Organisation, room: Room
) -> None:
    tide = make_room(halyard, "Bob’s tides", admin=alice, kind="channel")
    say_all(alice, room, "bob one", "bob two")

    first = ann.call("GET", "/search?org=halyard&q=bob&limit=1").json()
    second = ann.call("GET", f"/search?org=halyard&q=bob&limit=1&cursor={first['next_cursor']}").json()

    assert first["rooms"] == [{"id": str(tide.pk), "name": "Bob’s tides", "kind": "channel"}]
    assert [user["username"] for user in first["users"]] == ["bob"]
    assert (second["rooms"], second["users"]) == ([], [])


def test_a_stranger_is_refused(api_for: ApiFor, charlie: User, room: Room) -> None:
    assert api_for(charlie).call("GET", "/search?org=halyard&q=tide").status_code == 404


def test_a_filter_that_says_nothing_is_named(ann: ApiClient, room: Room) -> None:
    assert ann.call("GET", "/search?org=halyard&q=before:someday").json()["left_out"] == ["before:someday"]


@pytest.mark.parametrize("query", ["&q=a&sort=best", "&q=a&limit=0", "&q=a&cursor=x", f"&q={'a' * 501}"])
def test_an_invalid_request_is_refused(ann: ApiClient, room: Room, query: str) -> None:
    assert ann.call("GET", f"/search?org=halyard{query}").status_code == 422


@pytest.mark.parametrize(
    "cursor", ["p1.999", "p2.0.1.1", "p1.60~9.1.5.5", "p2.60.999999999999999999.999999999999999999"]
)
def test_a_cursor_that_was_made_up_harms_nobody(ann: ApiClient, alice: User, room: Room, cursor: str) -> None:
    say(alice, room, "tide")

    assert ann.call("GET", f"/search?org=halyard&q=tide&cursor={cursor}").status_code == 200


@pytest.mark.parametrize("q", ["%01", "%ED%A0%80", "'%22%25_\\", "NEAR(a b)", "%F0%9F%9A%A2", "a%0Ab", "((((", "*"])
def test_any_input_is_answered(ann: ApiClient, alice: User, room: Room, q: str) -> None:
    say(alice, room, "tide")

    assert ann.call("GET", f"/search?org=halyard&q={q}").status_code == 200


def test_a_search_over_rest_costs_ten_queries(
    ann: ApiClient, alice: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 30):
        say_all(alice, room, *["the boats"] * number)
        ann.call("GET", "/search?org=halyard&q=boats")
        # token, membership; rooms, two passes, messages; rooms, users, whom a guest could see, and tasks
        with django_assert_num_queries(9 + LOOKING):
            ann.call("GET", "/search?org=halyard&q=boats")


def test_the_first_page_says_how_many_there_are(
    ann: ApiClient, alice: User, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    say_all(alice, room, *(f"tide {n}" for n in range(5)))
    path = "/search?org=halyard&q=tide&limit=2"

    first = ann.call("GET", path).json()
    second = ann.call("GET", f"{path}&cursor={first['next_cursor']}").json()
    monkeypatch.setattr(messages, "COUNTED", 4)
    bounded = ann.call("GET", path).json()

    assert (first["total"], first["is_total_exact"]) == (5, True)
    assert (second["total"], second["is_total_exact"]) == (None, False)
    assert (bounded["total"], bounded["is_total_exact"]) == (4, False)


@pytest.mark.parametrize(("term", "total"), [("tide", (5, True)), ("id", (2, False))])
def test_counting_reads_little_where_no_index_helps(
    ann: ApiClient, alice: User, room: Room, monkeypatch: pytest.MonkeyPatch, term: str, total: tuple[int, bool]
) -> None:
    say_all(alice, room, *(f"tide {n}" for n in range(5)))
    monkeypatch.setattr(candidates, "READ_AS_A_WHOLE", 0)
    monkeypatch.setattr(candidates, "WALKED", 1)

    page = ann.call("GET", f"/search?org=halyard&q={term}&limit=2").json()

    assert (page["total"], page["is_total_exact"]) == total
    assert len(page["items"]) == 2
