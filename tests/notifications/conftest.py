"""Kinds of notifications that only tests have, and a room that nobody's app knows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from uuid import UUID, uuid4

import pytest

from accounts.models import Organisation, User
from notifications import kinds, places
from notifications.kinds import Channels, Description, Kind, show_to_all
from notifications.models import Notification
from notifications.places import Attention, Pair, PlaceName

ROOM = uuid4()


def describe_plainly(rows: Sequence[Notification], reader: User) -> list[Description]:
    return [Description(row.data.get("title", "Something"), row.data.get("text", ""), row.url) for row in rows]


MENTION = Kind(
    "test_mention", "Mentions", "Test",
    describe=describe_plainly, filter_visible=show_to_all, defaults=Channels(True, True, True), is_mention=True,
)  # fmt: skip
REPLY = Kind(
    "test_reply", "Replies", "Test",
    describe=describe_plainly, filter_visible=show_to_all, defaults=Channels(True, False, False),
)  # fmt: skip
REMINDER = Kind(
    "test_reminder", "Reminders", "Test",
    describe=describe_plainly, filter_visible=show_to_all, defaults=Channels(True, True, False), ignores_mute=True,
)  # fmt: skip


class KnownRooms:
    """Rooms as an app would answer for them."""

    def __init__(self) -> None:
        self.attention: dict[Pair, Attention] = {}
        self.names = {ROOM: PlaceName("design", f"/rooms/{ROOM}/")}
        self.changed: list[UUID] = []

    def load_attention(self, pairs: Sequence[Pair]) -> Mapping[Pair, Attention]:
        return {pair: self.attention[pair] for pair in pairs if pair in self.attention}

    def name_places(self, place_ids: Sequence[UUID], reader: User) -> Mapping[UUID, PlaceName]:
        return {place: self.names[place] for place in place_ids if place in self.names}

    def listening_changed(self, *, user_id: UUID | None = None, organisation_id: UUID | None = None) -> None:
        self.changed += [each for each in (user_id, organisation_id) if each]


@pytest.fixture(autouse=True)
def own_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {kind.name: kind for kind in (MENTION, REPLY, REMINDER)}
    monkeypatch.setattr(kinds, "_kinds", {kind.name: kind for kind in kinds.list_kinds()} | known)


@pytest.fixture
def rooms(monkeypatch: pytest.MonkeyPatch) -> Iterator[KnownRooms]:
    own = KnownRooms()
    monkeypatch.setattr(places, "places", [own])
    yield own


Tell = Callable[..., Notification]


@pytest.fixture
def tell(halyard: Organisation) -> Tell:
    """Store a notification for a user."""

    def build(user: User, kind: Kind = MENTION, **fields: object) -> Notification:
        given = {"organisation": halyard, "place": ROOM} | fields
        return Notification.objects.create(user=user, kind=kind.name, **given)

    return build
