"""Handle the commands of a socket: for each type of frame its shape, the scopes that it needs, and its handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, NamedTuple, Protocol

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from accounts.models import User
from accounts.scopes import WRITE_ACCOUNT
from chat.messages import events
from chat.messages.services.post import Draft, Outcome, post_messages
from chat.messages.services.read import mark_read
from chat.scopes import LISTENING, WRITE_MESSAGES
from chat.socket.presence import Listener, board
from chat.socket.schemas import PresenceFrame, ReadFrame, SendFrame, TypingFrame
from chat.socket.viewing import views
from chat.socket.welcome import Welcome, build_welcome, load_joined_rooms
from chat.threads.queries.replies import may_begin_thread
from chat.topics import room_topic
from lib.db.group_commit import get_running_writer
from lib.db.threads import run_in_pool
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Hub


class Socket(Listener, Protocol):
    """The connection on which a command arrived."""

    user: User
    topics: set[str]
    hub: Hub

    def answer(self, payload: bytes) -> None: ...

    def acknowledge(self, ref: Any, outcome: Outcome) -> None: ...


class Command(NamedTuple):
    """How a type of frame is handled: `handle` takes the socket, the frame's `ref`, and the parsed frame."""

    shape: type[BaseModel] | None
    scopes: tuple[str, ...]
    handle: Callable[[Any, Any, Any], Awaitable[None]]


async def send_message(socket: Socket, ref: Any, frame: SendFrame) -> None:
    """Queue a message; the acknowledgement follows the commit, in the order of sending."""
    draft = Draft(author=socket.user, **frame.model_dump(exclude={"room"}), room_id=frame.room)
    get_running_writer(post_messages).submit(draft, partial(socket.acknowledge, ref), socket.hub.loop)


async def announce_typing(socket: Socket, ref: Any, frame: TypingFrame) -> None:
    """Tell a room that the user is typing, in it or in one of its threads.

    Raise ObjectDoesNotExist for a room that the socket does not hear, and for a thread that is not there.
    """
    if room_topic(frame.room) not in socket.topics:
        raise ObjectDoesNotExist(_("There is no such room."))
    if frame.thread_id and not await run_in_pool(may_begin_thread, frame.room, frame.thread_id):
        raise ObjectDoesNotExist(_("There is no such thread in this room."))
    events.typing_changed(user=socket.user, room_id=frame.room, thread_id=frame.thread_id, state=frame.state)


async def mark_room_read(socket: Socket, ref: Any, frame: ReadFrame) -> None:
    """Move the user's read mark; the frame that announces it is the answer."""
    await run_in_pool(mark_read, actor=socket.user, room_id=frame.room, seq=frame.seq)


async def set_presence(socket: Socket, ref: Any, frame: PresenceFrame) -> None:
    """Set the user's presence at this socket, and which room they look at there.

    Raise ObjectDoesNotExist for a room that the socket does not hear.
    """
    if frame.room is not None and room_topic(frame.room) not in socket.topics:
        raise ObjectDoesNotExist(_("There is no such room."))
    board.set_socket_state(socket, socket.user.pk, frame.state)
    await views.set_room(socket, socket.user.pk, frame.room)


async def send_welcome(socket: Socket, ref: Any, frame: None) -> None:
    """Answer `hello` with the `welcome` frame."""
    socket.answer((await run_in_pool(_load_welcome, socket.user, ref)).payload)


def _load_welcome(user: User, ref: Any) -> Welcome:
    return build_welcome(user, load_joined_rooms(user), ref)


async def answer_ping(socket: Socket, ref: Any, frame: None) -> None:
    """Answer `ping` with `pong`."""
    socket.answer(encode_frame("pong", ref=ref))


COMMANDS = {
    "hello": Command(None, LISTENING, send_welcome),
    "message.send": Command(SendFrame, (WRITE_MESSAGES,), send_message),
    "typing": Command(TypingFrame, (WRITE_MESSAGES,), announce_typing),
    "read": Command(ReadFrame, (WRITE_MESSAGES,), mark_room_read),
    "presence": Command(PresenceFrame, (WRITE_ACCOUNT,), set_presence),
    "ping": Command(None, (), answer_ping),
}
