"""Badges never lie: what waits for Bob, in every place that shows a number, after all that can happen to a message."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.utils import timezone

from accounts.models import Organisation, User
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.post import post_message
from chat.models import Message, Room
from chat.rooms.services.membership import join_room, leave_room
from chat.rooms.services.own_settings import change_own_settings
from chat.rooms.services.rooms import open_direct_room
from chat.sidebar.queries import sidebar_for
from chat.socket.welcome import build_welcome, load_joined_rooms
from lib.lasting import FOREVER
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_room


class Shown(NamedTuple):
    """`unread` and `mentions` of the room over REST and in `welcome`, its number in the sidebar, that in the title of
    the page (the icon has a dot where it is not 0), and that of the organisation in the menu.
    """

    unread: int
    mentions: int
    sidebar: int
    title: int
    organisation: int


NOTHING = Shown(0, 0, 0, 0, 0)
FOR_ME, IN_PASSING, DIRECT = Shown(1, 1, 1, 1, 1), Shown(1, 0, 0, 1, 0), Shown(1, 0, 1, 1, 1)
THREAD, DIMMED = Shown(0, 0, 0, 1, 1), Shown(1, 0, 0, 0, 0)
READ = {"left and joined again": NOTHING, "read in another tab": NOTHING, "read on another device": NOTHING}

ADDRESSED = READ | {
    "posted": FOR_ME,
    "edited in": FOR_ME,
    "edited out": IN_PASSING,
    "deleted": IN_PASSING,
    "muted": FOR_ME,
    "marked unread": FOR_ME,
}
TABLE = {
    "mention": ADDRESSED,
    "@room": ADDRESSED,
    "@here": ADDRESSED,
    "direct": {
        # It can't be left. A message that is deleted leaves a note that it was there, which is unread too.
        **dict.fromkeys(("posted", "edited in", "edited out", "deleted", "marked unread"), DIRECT),
        **dict.fromkeys(("read in another tab", "read on another device"), NOTHING),
        "muted": DIMMED,
    },
    "thread reply": READ
    | dict.fromkeys(("posted", "edited in", "edited out", "deleted", "muted", "marked unread"), THREAD),
    "plain": READ
    | dict.fromkeys(("posted", "edited in", "edited out", "deleted", "marked unread"), IN_PASSING)
    | {"muted": DIMMED},
}
TEXTS = {"mention": "@bob", "@room": "@room", "@here": "@here"}
CASES = [(kind, event, shown) for kind, events in TABLE.items() for event, shown in events.items()]


class Scene:
    """A room of Alice and Bob, who has read all of it, and a message of a kind that Alice posts."""

    def __init__(self, kind: str, alice: User, bob: User, halyard: Organisation) -> None:
        self.alice, self.bob, self.halyard = alice, bob, halyard
        if kind == "direct":
            self.room = open_direct_room(actor=alice, slug=halyard.slug, user_ids=[bob.pk])[0]
        else:
            self.room = make_room(halyard, "quay", kind=Room.Kind.CHANNEL, admin=alice, members=[bob])
        post_message(actor=alice, room_id=self.room.pk, content="before")
        root = post_message(actor=bob, room_id=self.room.pk, content="root").message
        self.thread_id = root.pk if kind == "thread reply" else None
        self.text = f"{TEXTS.get(kind, '')} the crane is here"

    def post(self, content: str) -> Message:
        message = post_message(
            actor=self.alice, room_id=self.room.pk, content=content, thread_id=self.thread_id
        ).message
        return message

    @property
    def read_path(self) -> str:
        return f"/messages/{self.thread_id}/thread/read" if self.thread_id else f"/rooms/{self.room.pk}/read"

    def shown(self, api_for: ApiFor) -> Shown:
        """All numbers. Where the same one stands in two places, they are the same."""
        [over_rest] = [
            each
            for each in api_for(self.bob).call("GET", "/orgs/halyard/rooms").json()["items"]
            if each["id"] == str(self.room.pk)
        ]
        welcome = json.loads(build_welcome(self.bob, load_joined_rooms(self.bob)).payload)
        [welcomed] = [each for each in welcome["rooms"] if each["id"] == str(self.room.pk)]
        assert [welcomed[name] for name in ("unread", "mentions")] == [
            over_rest[name] for name in ("unread", "mentions")
        ]
        sidebar = sidebar_for(user=self.bob, organisation=self.halyard)
        lines = [*sidebar.favourites, *sidebar.rooms, *sidebar.directs]
        [line] = [each for each in lines if each.id == self.room.pk]
        [organisation] = sidebar.organisations
        title = sidebar.hidden_attention + sum(each.attention for each in lines)
        assert (organisation.attention, organisation.is_unread) == (title, title > 0)
        return Shown(over_rest["unread"], over_rest["mentions"], line.badge, title, organisation.badge)


@pytest.fixture
def scene(alice: User, bob: User, halyard: Organisation) -> Callable[[str], Scene]:
    User.objects.filter(pk=bob.pk).update(presence=User.Presence.ONLINE, seen_at=timezone.now())
    return lambda kind: Scene(kind, alice, bob, halyard)


@pytest.mark.parametrize(("kind", "event", "expected"), CASES)
def test_each_number_is_exact(
    scene: Callable[[str], Scene], api_for: ApiFor, client_for: ClientFor, kind: str, event: str, expected: Shown
) -> None:
    stage = scene(kind)
    assert stage.shown(api_for) == NOTHING

    message = stage.post("the crane is here" if event == "edited in" else stage.text)
    act(stage, message, event, api_for, client_for)

    assert stage.shown(api_for) == expected


def act(stage: Scene, message: Message, event: str, api_for: ApiFor, client_for: ClientFor) -> None:
    alice, bob, room_id = stage.alice, stage.bob, stage.room.pk
    last = message.thread_seq if stage.thread_id else message.seq
    assert last is not None
    match event:
        case "edited in":
            edit_message(actor=alice, message_id=message.pk, content=stage.text + "!")
        case "edited out":
            edit_message(actor=alice, message_id=message.pk, content="the crane has gone")
        case "deleted":
            delete_message(actor=alice, message_id=message.pk)
        case "muted":
            change_own_settings(actor=bob, room_id=room_id, muted_until=FOREVER)
        case "left and joined again":
            leave_room(actor=bob, room_id=room_id)
            join_room(actor=bob, room_id=room_id)
        case "read in another tab":
            path = f"/api/v1{stage.read_path}"
            assert client_for(bob).put(path, {"seq": last}, content_type="application/json").status_code == 200
        case "read on another device":
            assert api_for(bob).call("PUT", stage.read_path, {"seq": last}).status_code == 200
        case "marked unread":
            for seq in (last, last - 1):
                assert api_for(bob).call("PUT", stage.read_path, {"seq": seq}).status_code == 200
