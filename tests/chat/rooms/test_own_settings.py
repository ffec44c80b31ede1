"""A member's own side of a room: favourite, muted, and what of it counts for them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from chat.messages.services.post import post_message
from chat.models import Room, RoomMember
from chat.rooms.services.own_settings import change_own_settings
from chat.rooms.services.rooms import open_direct_room
from chat.sidebar.queries import MAX_ROOMS, sidebar_for
from chat.sidebar.schemas import SidebarRoom
from lib.lasting import FOREVER
from lib.realtime.hub import Event
from tests.chat.steps import frames
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_room

pytestmark = pytest.mark.django_db

AN_HOUR = timedelta(hours=1)
QUIET, MENTIONS, NOTHING = (
    {"muted_until": FOREVER},
    {"notification_level": "mentions"},
    {"notification_level": "nothing"},
)


class Shown(NamedTuple):
    """How a room stands in the sidebar, and what it adds to the title and to the organisation's badge."""

    is_bold: bool
    badge: int
    attention: int


# Of two unread messages, one of which mentions the reader.
CASES = [
    ("channel", {}, Shown(True, 1, 1)),
    ("channel", QUIET, Shown(False, 1, 1)),
    ("channel", MENTIONS, Shown(True, 1, 1)),
    ("channel", NOTHING, Shown(True, 0, 0)),
    ("channel", QUIET | NOTHING, Shown(False, 0, 0)),
    ("direct", {}, Shown(True, 2, 2)),
    ("direct", QUIET, Shown(False, 1, 1)),
    ("direct", MENTIONS, Shown(True, 1, 1)),
    ("direct", NOTHING, Shown(True, 0, 0)),
]
# Of one unread message that mentions nobody.
PLAIN_CASES = [
    ("channel", {}, Shown(True, 0, 1)),
    ("channel", QUIET, Shown(False, 0, 0)),
    ("channel", MENTIONS, Shown(True, 0, 0)),
    ("channel", NOTHING, Shown(True, 0, 0)),
    ("direct", QUIET, Shown(False, 0, 0)),
]
ALL_CASES = [(2, *each) for each in CASES] + [(1, *each) for each in PLAIN_CASES]


@pytest.fixture
def open_room(alice: User, bob: User, halyard: Organisation) -> Callable[[str], Room]:
    """Call it for a room of Alice and Bob of a kind."""

    def build(kind: str) -> Room:
        if kind == "direct":
            return open_direct_room(actor=alice, slug=halyard.slug, user_ids=[bob.pk])[0]
        return make_room(halyard, "quay", kind=kind, admin=alice, members=[bob])

    return build


def line_of(user: User, organisation: Organisation) -> SidebarRoom:
    sidebar = sidebar_for(user=user, organisation=organisation)
    return (sidebar.favourites + sidebar.rooms + sidebar.directs)[0]


@pytest.mark.parametrize(("number", "kind", "settings", "shown"), ALL_CASES)
def test_what_counts(
    alice: User,
    bob: User,
    halyard: Organisation,
    open_room: Callable[[str], Room],
    number: int,
    kind: str,
    settings: dict[str, Any],
    shown: Shown,
) -> None:
    room = open_room(kind)
    for content in ("hello", "hello @bob")[:number]:
        post_message(actor=alice, room_id=room.pk, content=content)
    change_own_settings(actor=bob, room_id=room.pk, **settings)

    sidebar = sidebar_for(user=bob, organisation=halyard)
    line = line_of(bob, halyard)

    assert Shown(line.is_bold, line.badge, line.attention) == shown
    assert [(each.badge, each.attention) for each in sidebar.organisations] == [(shown.badge, shown.attention)]
    assert sidebar.hidden_attention == 0


def test_a_mute_ends_by_itself(alice: User, bob: User, halyard: Organisation, open_room: Callable[[str], Room]) -> None:
    room = open_room("group")
    post_message(actor=alice, room_id=room.pk, content="hello")
    change_own_settings(actor=bob, room_id=room.pk, muted_until=timezone.now() + AN_HOUR)
    assert (line_of(bob, halyard).is_muted, line_of(alice, halyard).is_muted) == (True, False)

    RoomMember.objects.filter(user=bob).update(muted_until=timezone.now() - AN_HOUR)

    assert not line_of(bob, halyard).is_muted
    assert (
        sidebar_for(user=bob, organisation=halyard).organisations[0].attention == line_of(bob, halyard).attention == 1
    )


def test_favourites_stand_alone_and_muted_rooms_last(alice: User, bob: User, halyard: Organisation) -> None:
    rooms = [make_room(halyard, f"room {n:02}", admin=alice, members=[bob]) for n in range(MAX_ROOMS + 2)]
    direct, _ = open_direct_room(actor=alice, slug=halyard.slug, user_ids=[bob.pk])
    post_message(actor=alice, room_id=direct.pk, content="hello")
    for room in (rooms[0], direct):
        change_own_settings(actor=bob, room_id=room.pk, favourite=True)
    change_own_settings(actor=bob, room_id=rooms[1].pk, muted_until=FOREVER)

    sidebar = sidebar_for(user=bob, organisation=halyard)

    assert [line.id for line in sidebar.favourites] == [direct.pk, rooms[0].pk]
    assert not sidebar.directs and len(sidebar.rooms) == MAX_ROOMS - 1
    assert sidebar.rooms[-1].id == rooms[1].pk


def test_only_the_member_is_told(
    bob: User, room: Room, published: list[Event], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            change_own_settings(actor=bob, room_id=room.pk, favourite=True)

    assert [event.topic for event in published] == [f"user:{bob.pk}"]
    assert frames(published)[0] == {
        "type": "room.settings",
        "room": str(room.pk),
        "favourite": True,
        "muted_until": None,
        "notification_level": "all",
    }


def test_strangers_have_no_side_of_a_room(charlie: User, room: Room) -> None:
    with pytest.raises(ObjectDoesNotExist):
        change_own_settings(actor=charlie, room_id=room.pk, favourite=True)


def test_settings_over_rest(api_for: ApiFor, bob: User, charlie: User, room: Room) -> None:
    path, ask = f"/rooms/{room.pk}/me", api_for(bob).call
    assert ask("GET", path).json() == {"favourite": False, "muted_until": None, "notification_level": "all"}

    wished = {"favourite": True, "muted_until": "2100-01-01T00:00:00.000Z", "notification_level": "mentions"}
    for field, value in wished.items():
        assert ask("PATCH", path, {field: value}).json()[field] == value

    assert ask("GET", path).json() == wished
    assert {field: ask("GET", f"/rooms/{room.pk}").json()[field] for field in wished} == wished
    assert (
        ask("PATCH", path, {"muted_until": "9999-12-31T23:59:59Z"}).json()["muted_until"] == "9999-01-01T00:00:00.000Z"
    )
    assert ask("PATCH", path, {"muted_until": "2001-01-01T00:00:00Z"}).json()["muted_until"] is None
    for wrong in ({"favourite": None}, {"notification_level": "loud"}, {"muted_until": "2100-01-01"}):
        assert ask("PATCH", path, wrong).status_code == 422
    assert api_for(charlie).call("PATCH", path, wished).status_code == 404


@time_machine.travel(datetime(2026, 3, 2, 22, 30, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    ("choice", "until"),
    [
        ("1", datetime(2026, 3, 2, 23, 30, tzinfo=UTC)),
        ("tomorrow", datetime(2026, 3, 3, 8, tzinfo=UTC)),  # 9 o'clock in Paris
        ("forever", FOREVER),
        ("0", None),
    ],
)
def test_a_room_is_muted_in_its_panel(
    client_for: ClientFor, bob: User, room: Room, choice: str, until: datetime | None
) -> None:
    User.objects.filter(pk=bob.pk).update(time_zone="Europe/Paris")

    answer = client_for(User.objects.get(pk=bob.pk)).post(f"/rooms/{room.pk}/me/", {"mute": choice}, follow=True)

    assert answer.status_code == 200
    assert RoomMember.objects.get(room=room, user=bob).muted_until == until


def test_settings_take_three_queries(bob: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(5):  # savepoint, member, update, notifications, release
        change_own_settings(actor=bob, room_id=room.pk, favourite=True, muted_until=FOREVER)
