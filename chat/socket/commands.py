"""What a client may ask of its socket: for each frame its shape, what it asks of a personal token, and who obeys it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, NamedTuple, Protocol

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from accounts.models import User
from chat import topics as chat_topics
from chat.messages import events
from chat.messages.services.post import Draft, Outcome, post_messages
from chat.messages.services.read import mark_read
from chat.scopes import LISTENING, WRITE_ACCOUNT, WRITE_MESSAGES
from chat.socket.handshake import welcome
from chat.socket.presence import Listener, board
from chat.socket.schemas import PresenceFrame, ReadFrame, SendFrame, TypingFrame
from lib.db.group_commit import get_running_writer
from lib.db.threads import run_in_pool
from lib.realtime import frames
from lib.realtime.hub import Hub


class Socket(Listener, Protocol):
    """Whom a command answers."""

    user: User
    topics: set[str]
    hub: Hub

    def answer(self, payload: bytes) -> None: ...

    def acknowledge(self, ref: Any, outcome: Outcome) -> None: ...


class Command(NamedTuple):
    shape: type[BaseModel] | None
    needed: tuple[str, ...]
    obey: Callable[[Any, Any, Any], Awaitable[None]]


async def send_message(socket: Socket, ref: Any, sent: SendFrame) -> None:
    """Queue it; the acknowledgement follows the commit, in the order of sending."""
    draft = Draft(socket.user, sent.room, sent.content, sent.client_id, sent.reply_to)
    get_running_writer(post_messages).submit(draft, partial(socket.acknowledge, ref), socket.hub.loop)


async def show_typing(socket: Socket, ref: Any, sent: TypingFrame) -> None:
    if chat_topics.room_topic(sent.room) not in socket.topics:
        raise ObjectDoesNotExist(_("There is no such room."))
    events.typing(user=socket.user, room_id=sent.room, state=sent.state)


async def mark_room_read(socket: Socket, ref: Any, sent: ReadFrame) -> None:
    await run_in_pool(mark_read, actor=socket.user, room_id=sent.room, seq=sent.seq)


async def show_presence(socket: Socket, ref: Any, sent: PresenceFrame) -> None:
    board.say(socket, socket.user.pk, sent.state)


async def say_hello(socket: Socket, ref: Any, sent: None) -> None:
    socket.answer((await run_in_pool(welcome, socket.user, ref)).payload)


async def pong(socket: Socket, ref: Any, sent: None) -> None:
    socket.answer(frames.encode_frame("pong", ref=ref))


COMMANDS = {
    "hello": Command(None, LISTENING, say_hello),
    "message.send": Command(SendFrame, (WRITE_MESSAGES,), send_message),
    "typing": Command(TypingFrame, (WRITE_MESSAGES,), show_typing),
    "read": Command(ReadFrame, (WRITE_MESSAGES,), mark_room_read),
    "presence": Command(PresenceFrame, (WRITE_ACCOUNT,), show_presence),
    "ping": Command(None, (), pong),
}
