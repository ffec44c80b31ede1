"""One socket per client carries all its rooms. A switchboard: it identifies, parses, delegates and relays."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from channels.consumer import AsyncConsumer
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from pydantic import BaseModel
from pydantic import ValidationError as ShapeError

from accounts.errors import ScopeMissing
from accounts.models import User
from accounts.scopes import require_scope
from chat import events
from chat.admission import admit, credentials, offered_protocol, welcome
from chat.delivery import current_hub, text_frame
from chat.fragments import rendered
from chat.limits import MAX_REFUSALS, MAX_SOCKETS_PER_PERSON, FrameLimit
from chat.outbox import Outbox, outbox_for
from chat.pool import in_pool
from chat.presence import board
from chat.refusals import error_frame, first_fault, refusal
from chat.schemas import PresenceFrame, ReadFrame, SendFrame, TypingFrame
from chat.scopes import LISTENING, WRITE_ACCOUNT, WRITE_MESSAGES
from chat.services.posting import Draft, Outcome, Posted, post_messages
from chat.services.reads import mark_read
from chat.watch import keep_watch
from chat.writer import running_writer

UNAUTHENTICATED = 4401
SECOND_FACTOR_DUE = 4403
TOO_MANY_SOCKETS = 4029
POLICY_VIOLATION = 1008


class RoomsConsumer(AsyncConsumer):
    """`/ws/` as described in the contract. Announcements reach it through the hub, not through `dispatch`."""

    user: User
    scopes: frozenset[str] | None
    listens: bool
    outbox: Outbox

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[dict[str, Any]]],
        send: Callable[[dict[str, Any]], Awaitable[None]],
    ) -> None:
        self.topics: set[str] = set()
        self.held: list[bytes] | None = []
        self.hub = current_hub()
        self.limit = FrameLimit() if settings.THROTTLE else None
        self._send = send
        self._closed = False
        await receive()
        if not await self._come_in(scope):
            return
        try:
            await self._open(scope)
            await self._listen(receive)
        finally:
            board.leave(self, self.user.pk)
            self.hub.leave(self)

    # What the hub asks

    @property
    def user_id(self) -> UUID:
        return self.user.pk

    def push(self, payloads: Sequence[bytes], frames: bytes) -> None:
        if not self.listens:
            return
        if self.held is None:
            self.outbox.put(payloads, frames)
        else:
            self.held.extend(payloads)

    def close(self, code: int) -> None:
        self._spawn(self._shut(code))

    def refresh(self) -> None:
        self._spawn(self._reload())

    def insist(self) -> None:
        board.insist(self.user_id)

    # What the client asks

    async def send_message(self, ref: Any, sent: SendFrame) -> None:
        """Queue it; the acknowledgement follows the commit, in the order of sending."""
        draft = Draft(self.user, sent.room, sent.content, sent.client_id, sent.reply_to)
        writer = running_writer(post_messages)
        writer.submit(draft, partial(self._acknowledge, ref), self.hub.loop)

    async def show_typing(self, ref: Any, sent: TypingFrame) -> None:
        if events.room_topic(sent.room) not in self.topics:
            raise ObjectDoesNotExist("There is no such room.")
        events.typing(user=self.user, room_id=sent.room, state=sent.state)

    async def mark_room_read(self, ref: Any, sent: ReadFrame) -> None:
        await in_pool(mark_read, actor=self.user, room_id=sent.room, seq=sent.seq)

    async def show_presence(self, ref: Any, sent: PresenceFrame) -> None:
        board.say(self, self.user.pk, sent.state)

    async def say_hello(self, ref: Any, sent: None) -> None:
        self.answer((await in_pool(welcome, self.user, ref)).payload)

    async def pong(self, ref: Any, sent: None) -> None:
        self.answer(events.frame("pong", ref=ref))

    # The shape of each frame, what it asks of a personal token, and who obeys it.
    commands: dict[str, tuple[type[BaseModel] | None, tuple[str, ...], Callable[..., Awaitable[None]]]] = {
        "hello": (None, LISTENING, say_hello),
        "message.send": (SendFrame, (WRITE_MESSAGES,), send_message),
        "typing": (TypingFrame, (WRITE_MESSAGES,), show_typing),
        "read": (ReadFrame, (WRITE_MESSAGES,), mark_room_read),
        "presence": (PresenceFrame, (WRITE_ACCOUNT,), show_presence),
        "ping": (None, (), pong),
    }

    # How it is done

    async def _come_in(self, scope: dict[str, Any]) -> bool:
        """Accept, and listen from now on; whoever may not is told by a close code, which a browser only sees then."""
        brought = credentials(scope)
        visitor = await in_pool(admit, brought) if brought else None
        await self._send({"type": "websocket.accept", "subprotocol": offered_protocol(scope.get("subprotocols", ()))})
        if visitor is None:
            await self._shut(UNAUTHENTICATED)
            return False
        if visitor.user.second_factor_due:
            await self._shut(SECOND_FACTOR_DUE)
            return False
        if self.limit is not None and board.connections(visitor.user.pk) >= MAX_SOCKETS_PER_PERSON:
            await self._shut(TOO_MANY_SOCKETS)
            return False
        self.user, self.scopes, self.listens = visitor.user, visitor.scopes, visitor.may_listen
        self.outbox = outbox_for(scope, self._send, self.close)
        self.hub.join(self, visitor.topics)
        board.enter(self, visitor.user.pk)
        keep_watch(self.hub)
        return True

    async def _open(self, scope: dict[str, Any]) -> None:
        """Send `welcome`, then what was announced meanwhile.

        Who this is gets asked again now that we listen, so that no change on the way in is missed.
        """
        came_with = frozenset(self.topics)
        visitor = await in_pool(admit, credentials(scope))
        if visitor is None:
            return await self._shut(UNAUTHENTICATED)
        if visitor.user.second_factor_due:
            return await self._shut(SECOND_FACTOR_DUE)
        for topic in came_with - visitor.topics:
            self.hub.unsubscribe(self, topic)
        for topic in visitor.topics - came_with:
            self.hub.subscribe(self, topic)
        self.user = visitor.user
        first, self.held = [await self._greeting(), *(self.held or ())], None
        self.outbox.put(first, b"".join(map(text_frame, first)))

    async def _greeting(self) -> bytes:
        """`welcome`; for a token that may not listen, the reason why there is none."""
        try:
            require_scope(self.scopes, *LISTENING)
        except ScopeMissing as error:
            return error_frame(None, *refusal(error))
        told = await in_pool(welcome, self.user)
        self.hub.note(told.versions)
        return told.payload

    async def _listen(self, receive: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        while not self._closed:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            if self.limit is not None and not self.limit.allows():
                self._refuse(None, "rate_limited", "Slow down: this connection sends too many frames.")
                if self.limit.refusals > MAX_REFUSALS:
                    return await self._shut(POLICY_VIOLATION)
                continue
            await self._obey(message.get("text") or message.get("bytes") or "")

    async def _obey(self, text: str | bytes) -> None:
        """Run one command. Whatever is wrong with it is answered, and the socket stays open."""
        ref: Any = None
        try:
            frame = orjson.loads(text)
            if not isinstance(frame, dict):
                raise TypeError
            # Encoded at once: what nests too deeply to be echoed is refused here, and not in the midst of an answer.
            ref = orjson.Fragment(orjson.dumps(frame.get("ref")))
            shape, needed, command = self.commands[frame["type"]]
            require_scope(self.scopes, *needed)
            await command(self, ref, shape.model_validate(frame) if shape else None)
        except ShapeError as error:
            self._refuse(ref, "invalid", first_fault(error))
        except (orjson.JSONDecodeError, TypeError, UnicodeError):
            self._refuse(ref, "bad_frame", "A frame is a JSON object with a type.")
        except KeyError:
            self._refuse(ref, "unknown_type", "There is no frame of this type.")
        except Exception as error:
            self._refuse(ref, *refusal(error))

    def _acknowledge(self, ref: Any, outcome: Outcome) -> None:
        if isinstance(outcome, Posted):
            message = rendered(outcome.message).json
            self.answer(b'{"type":"ack","ref":%b,"message":%b}' % (orjson.dumps(ref), message))
        else:
            self._refuse(ref, *refusal(outcome))

    def answer(self, payload: bytes) -> None:
        """Send a frame to this client alone."""
        if not self._closed:
            self.outbox.put([payload], text_frame(payload))

    def _refuse(self, ref: Any, code: str, detail: str) -> None:
        self.answer(error_frame(ref, code, detail))

    async def _reload(self) -> None:
        self.user = await in_pool(User.objects.get, pk=self.user.pk)
        if self.user.second_factor_due:
            await self._shut(SECOND_FACTOR_DUE)

    async def _shut(self, code: int) -> None:
        if not self._closed:
            self._closed = True
            await self._send({"type": "websocket.close", "code": code})

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        _running.add(task)
        task.add_done_callback(_running.discard)


# Tasks are kept here until they end: the loop itself holds them only weakly.
_running: set[asyncio.Task[None]] = set()
