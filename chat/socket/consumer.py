"""One socket per client carries all its rooms. A switchboard: it identifies, parses, delegates and relays."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

import orjson
from channels.consumer import AsyncConsumer
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from pydantic import ValidationError as ShapeError

from accounts.languages import choose_language
from accounts.models import User
from accounts.scopes import require_scope
from chat.messages.message_html import rendered
from chat.messages.services.post import Outcome, Posted
from chat.scopes import LISTENING
from chat.socket.commands import COMMANDS
from chat.socket.errors import error_frame, first_fault, refusal
from chat.socket.handshake import Visitor, admit, client_of, credentials, offered_protocol, revisit, welcome
from chat.socket.limits import MAX_REFUSALS, MAX_SOCKETS_PER_PERSON, FrameLimit, doors
from chat.socket.presence import board
from chat.socket.reconcile import keep_watch
from lib.db.threads import run_in_pool
from lib.realtime.broker import spawn_task
from lib.realtime.frames import encode_text_frame
from lib.realtime.hub import Hub, get_current_hub
from lib.realtime.send_buffer import SendBuffer, create_send_buffer
from lib.web.client import pick_language
from lib.web.errors import ScopeMissing

UNAUTHENTICATED = 4401
SECOND_FACTOR_DUE = 4403
TOO_MANY_SOCKETS = 4029
POLICY_VIOLATION = 1008

AUDIENCE_REFRESH_SECONDS = 0.5


class RoomsConsumer(AsyncConsumer):
    """`/ws/` as described in the contract. Announcements reach it through the hub, not through `dispatch`."""

    user: User
    scopes: frozenset[str] | None
    listens: bool
    session_topic: str
    is_guest: bool
    hub: Hub
    outbox: SendBuffer
    accepted: str  # what its client asked to be answered in

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[dict[str, Any]]],
        send: Callable[[dict[str, Any]], Awaitable[None]],
    ) -> None:
        self.topics: set[str] = set()
        self.held: list[bytes] | None = []
        self.limit = FrameLimit() if settings.THROTTLE else None
        self.accepted = pick_language(dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1"))
        self._send = send
        self._closed = False
        self._questions = 0
        self._refresh_waits = False
        await receive()
        client = client_of(scope)
        room_left = doors.enter(client) or not settings.THROTTLE
        try:
            if room_left:
                await self._serve(scope, receive)
            else:
                await self._reject(scope)
        finally:
            doors.leave(client)

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
        spawn_task(self._close_with(code))

    def reauthorise(self) -> None:
        spawn_task(self._reauthorise())

    def refresh_audience(self) -> None:
        if self.is_guest and not self._refresh_waits:
            self._refresh_waits = True
            spawn_task(self._refresh_audience_soon())

    def reannounce_presence(self) -> None:
        board.reannounce(self.user_id)

    # What commands ask

    def answer(self, payload: bytes) -> None:
        """Send a frame to this client alone."""
        if not self._closed:
            self.outbox.put([payload], encode_text_frame(payload))

    def acknowledge(self, ref: Any, outcome: Outcome) -> None:
        """Answer a message that was queued: it is stored, or why it isn't."""
        if isinstance(outcome, Posted):
            message = rendered(outcome.message).json
            self.answer(b'{"type":"ack","ref":%b,"message":%b}' % (orjson.dumps(ref), message))
        else:
            self._refuse_for(ref, outcome)

    # How it is done

    async def _serve(self, scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        if not await self._connect(scope):
            return
        try:
            await self._open(scope)
            await self._listen(receive)
        finally:
            self._closed = True
            board.leave(self, self.user.pk)
            self.hub.leave(self)

    async def _reject(self, scope: dict[str, Any]) -> None:
        """Too many come from there: not even who this is gets asked."""
        await self._accept(scope)
        await self._close_with(TOO_MANY_SOCKETS)

    async def _connect(self, scope: dict[str, Any]) -> bool:
        """Accept, and listen from now on; whoever may not is told by a close code, which a browser only sees then."""
        brought = credentials(scope)
        visitor = await run_in_pool(admit, brought) if brought else None
        await self._accept(scope)
        if visitor is None:
            await self._close_with(UNAUTHENTICATED)
            return False
        if visitor.user.second_factor_due:
            await self._close_with(SECOND_FACTOR_DUE)
            return False
        if self.limit is not None and board.connections(visitor.user.pk) >= MAX_SOCKETS_PER_PERSON:
            await self._close_with(TOO_MANY_SOCKETS)
            return False
        self.user, self.scopes, self.listens = visitor.user, visitor.scopes, visitor.may_listen
        self.session_topic, self.is_guest = visitor.session_topic, visitor.is_guest
        self.outbox = create_send_buffer(scope, self._send, self.close)
        # Only now: a hub leaves with the last of its sockets, which may have been while this one was on its way in.
        self.hub = get_current_hub()
        self.hub.join(self, visitor.topics)
        board.enter(self, visitor.user.pk, visitor.user.availability)
        keep_watch(self.hub)
        return True

    async def _accept(self, scope: dict[str, Any]) -> None:
        await self._send({"type": "websocket.accept", "subprotocol": offered_protocol(scope.get("subprotocols", ()))})

    async def _open(self, scope: dict[str, Any]) -> None:
        """Send `welcome`, then what was announced meanwhile.

        Who this is gets asked again now that we listen, so that no change on the way in is missed.
        """
        await self._refresh_audience(admit, credentials(scope))
        if not self._closed:
            first, self.held = [await self._welcome_frame(), *(self.held or ())], None
            self.outbox.put(first, b"".join(map(encode_text_frame, first)))

    async def _refresh_audience(self, ask: Callable[..., Visitor | None], *about: Any) -> None:
        """Who this is by now, and what they may hear. Of two questions under way only the later one's answer counts."""
        self._questions += 1
        question, came_with = self._questions, frozenset(self.topics)
        visitor = await run_in_pool(ask, *about)
        if self._closed:
            return
        if visitor is None:
            return await self._close_with(UNAUTHENTICATED)
        if visitor.user.second_factor_due:
            return await self._close_with(SECOND_FACTOR_DUE)
        if question == self._questions:
            # What was taken away or given meanwhile stays as it is.
            for topic in came_with - visitor.topics:
                self.hub.unsubscribe(self, topic)
            for topic in visitor.topics - came_with:
                self.hub.subscribe(self, topic)
            self.user, self.is_guest = visitor.user, visitor.is_guest
            board.choose(self.user.pk, self.user.availability)

    async def _refresh_audience_soon(self) -> None:
        """A guest's rooms have changed: however many people come and go at once, it is asked about once."""
        await asyncio.sleep(AUDIENCE_REFRESH_SECONDS)
        self._refresh_waits = False
        await self._reauthorise()

    async def _reauthorise(self) -> None:
        await self._refresh_audience(revisit, self.user.pk, self.session_topic, self.scopes)

    async def _welcome_frame(self) -> bytes:
        """`welcome`; for a token that may not listen, the reason why there is none."""
        try:
            require_scope(self.scopes, *LISTENING)
        except ScopeMissing as error:
            return self._refusal_frame(None, error)
        told = await run_in_pool(welcome, self.user)
        self.hub.remember_versions(told.versions)
        return told.payload

    async def _listen(self, receive: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        while not self._closed:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            if self.limit is not None and not self.limit.allows():
                self._refuse(None, "rate_limited", gettext_noop("Slow down: this connection sends too many frames."))
                if self.limit.refusals > MAX_REFUSALS:
                    return await self._close_with(POLICY_VIOLATION)
                continue
            await self._dispatch_frame(message.get("text") or message.get("bytes") or "")

    async def _dispatch_frame(self, text: str | bytes) -> None:
        """Run one command. Whatever is wrong with it is answered, and the socket stays open."""
        ref: Any = None
        try:
            frame = orjson.loads(text)
            if not isinstance(frame, dict):
                raise TypeError
            # Encoded at once: what nests too deeply to be echoed is refused here, and not in the midst of an answer.
            ref = orjson.Fragment(orjson.dumps(frame.get("ref")))
            shape, needed, obey = COMMANDS[frame["type"]]
            require_scope(self.scopes, *needed)
            await obey(self, ref, shape.model_validate(frame) if shape else None)
        except ShapeError as error:
            self._refuse(ref, "invalid", first_fault(error))
        except (orjson.JSONDecodeError, TypeError, UnicodeError):
            self._refuse(ref, "bad_frame", gettext_noop("A frame is a JSON object with a type."))
        except KeyError:
            self._refuse(ref, "unknown_type", gettext_noop("There is no frame of this type."))
        except Exception as error:
            self._refuse_for(ref, error)

    def _refuse(self, ref: Any, code: str, detail: str) -> None:
        with translation.override(self._language):
            self.answer(error_frame(ref, code, gettext(detail)))

    def _refuse_for(self, ref: Any, error: Exception) -> None:
        self.answer(self._refusal_frame(ref, error))

    def _refusal_frame(self, ref: Any, error: Exception) -> bytes:
        with translation.override(self._language):
            return error_frame(ref, *refusal(error))

    @property
    def _language(self) -> str:
        return choose_language(self.user, self.accepted)

    async def _close_with(self, code: int) -> None:
        if not self._closed:
            self._closed = True
            await self._send({"type": "websocket.close", "code": code})
