"""Serve WebSockets: one socket per client carries all its rooms. It authenticates, parses, delegates and relays."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from channels.consumer import AsyncConsumer
from django.conf import settings
from django.utils import translation

from accounts.languages import choose_language
from accounts.models import User
from accounts.scopes import includes_scope, require_scope
from chat.messages.message_html import render_posted
from chat.messages.services.post import Outcome, Posted
from chat.scopes import LISTENING
from chat.socket import errors, handshake
from chat.socket.commands import COMMANDS
from chat.socket.handshake import Identity
from chat.socket.limits import MAX_REFUSALS, MAX_SOCKETS_PER_USER, FrameLimit, connection_limit
from chat.socket.presence import board
from chat.socket.reconcile import start_reconciling
from chat.socket.viewing import forget_socket
from lib.db.threads import run_in_pool
from lib.realtime.broker import spawn_task
from lib.realtime.frames import encode_text_frame
from lib.realtime.hub import Hub, get_current_hub, get_current_moment
from lib.realtime.send_buffer import SendBuffer, create_send_buffer
from lib.web.client import find_network, pick_language
from lib.web.errors import ScopeMissing

AUDIENCE_REFRESH_SECONDS = 0.5


class RoomsConsumer(AsyncConsumer):
    """Connection to `/ws/`, which takes the frames of its client and sends it the events of its topics."""

    user: User
    scopes: frozenset[str] | None
    listens: bool
    session_topic: str
    is_guest: bool
    hub: Hub
    send_buffer: SendBuffer
    accepted_language: str

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[dict[str, Any]]],
        send: Callable[[dict[str, Any]], Awaitable[None]],
    ) -> None:
        self.topics: set[str] = set()
        self.pending: list[bytes] | None = []  # what is announced before `welcome` is sent; None from then on
        self.limit = FrameLimit() if settings.THROTTLE else None
        self.accepted_language = pick_language(dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1"))
        self._send = send
        self._closed = self._refresh_scheduled = False
        self._refreshes = 0
        await receive()
        client = find_network(scope)
        within_limit = connection_limit.acquire(client) or not settings.THROTTLE
        try:
            if within_limit:
                await self._serve_connection(scope, receive)
            else:  # without a query for the user
                await self._accept_connection(scope)
                await self._close_with(errors.TOO_MANY_SOCKETS)
        finally:
            connection_limit.release(client)

    # Called by the hub

    @property
    def user_id(self) -> UUID:
        return self.user.pk

    def push(self, payloads: Sequence[bytes], frames: bytes) -> None:
        if not self.listens:
            return
        if self.pending is None:
            self.send_buffer.put(payloads, frames)
        else:
            self.pending.extend(payloads)

    def close(self, code: int) -> None:
        spawn_task(self._close_with(code))

    def reauthorise(self) -> None:
        spawn_task(self._reauthorise_user())

    def refresh_audience(self) -> None:
        if self.is_guest and not self._refresh_scheduled:
            self._refresh_scheduled = True
            spawn_task(self._refresh_audience_later())

    def reannounce_presence(self) -> None:
        board.reannounce(self.user_id)

    def resynchronise(self) -> None:
        if self.listens and self.pending is None:
            spawn_task(self._reauthorise_user(with_welcome=True))

    # Called by commands

    def answer(self, payload: bytes) -> None:
        """Send a frame to this client alone."""
        if not self._closed:
            self.send_buffer.put([payload], encode_text_frame(payload))

    def acknowledge(self, ref: Any, outcome: Outcome) -> None:
        """Answer a queued message with its stored form, or with the error."""
        if isinstance(outcome, Posted):
            message = render_posted(outcome.message, outcome.unreached)
            self.answer(b'{"type":"ack","ref":%b,"message":%b}' % (orjson.dumps(ref), message))
        else:
            self.answer(self._encode_error(ref, outcome))

    async def _serve_connection(self, scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        """Authenticate and serve a client. A refused one is accepted too: only so does a browser see the close code."""
        credentials, moment = handshake.read_credentials(scope), get_current_moment()
        identity = await run_in_pool(handshake.authenticate, credentials) if credentials else None
        await self._accept_connection(scope)
        if identity is None or identity.user.second_factor_due:
            return await self._close_with(errors.SECOND_FACTOR_DUE if identity else errors.UNAUTHENTICATED)
        if self.limit is not None and board.count_sockets(identity.user.pk) >= MAX_SOCKETS_PER_USER:
            return await self._close_with(errors.TOO_MANY_SOCKETS)
        self._join_hub(scope, identity)
        scope.clear()  # all connections keep theirs as long as they are open
        try:
            # What changed since the user was authenticated was not announced to this socket.
            if self.hub.may_have_announced(identity.own_topics, since=moment):
                await self.hub.ready.wait()
                self._send_welcome(await self._refresh_identity(handshake.authenticate, credentials))
            else:
                self._send_welcome(identity)
            del identity, credentials  # as with the scope
            await self._receive_frames(receive)
        finally:
            self._closed = True
            forget_socket(self, self.user.pk)
            self.hub.leave(self)

    def _join_hub(self, scope: dict[str, Any], identity: Identity) -> None:
        self.user, self.scopes, self.listens = identity.user, identity.scopes, identity.may_listen
        self.session_topic, self.is_guest = identity.session_topic, identity.is_guest
        self.send_buffer = create_send_buffer(scope, self._send, self.close)
        # Not before: a hub ends with the last of its sockets, which may have closed during authentication.
        self.hub = get_current_hub()
        self.hub.join(self, identity.topics)
        board.add_socket(self, identity.user.pk, identity.user.availability)
        start_reconciling(self.hub)

    async def _accept_connection(self, scope: dict[str, Any]) -> None:
        protocol = handshake.choose_protocol(scope.get("subprotocols", ()))
        await self._send({"type": "websocket.accept", "subprotocol": protocol})

    def _send_welcome(self, identity: Identity | None) -> None:
        """Send `welcome`, then what was announced meanwhile; an error to a token whose scopes do not allow events."""
        if self._closed or identity is None:
            return
        if identity.welcome is None:
            missing = next(scope for scope in LISTENING if not includes_scope(self.scopes, scope))
            greeting = self._encode_error(None, ScopeMissing(missing))
        else:
            self.hub.remember_versions(identity.welcome.versions)
            greeting = identity.welcome.payload
        frames, self.pending = [greeting, *(self.pending or ())], None
        self.send_buffer.put(frames, b"".join(map(encode_text_frame, frames)))

    async def _refresh_identity(self, load: Callable[..., Identity | None], *arguments: Any) -> Identity | None:
        """Load the user and their topics again; return them unless the socket has to close.

        Of two refreshes under way only the later one counts.
        """
        self._refreshes += 1
        refresh, topics_before = self._refreshes, frozenset(self.topics)
        identity = await run_in_pool(load, *arguments)
        if self._closed:
            return None
        if identity is None or identity.user.second_factor_due:
            await self._close_with(errors.SECOND_FACTOR_DUE if identity else errors.UNAUTHENTICATED)
            return None
        if refresh == self._refreshes:
            # Topics that were added or removed by events meanwhile stay as they are.
            for topic in topics_before - identity.topics:
                self.hub.unsubscribe(self, topic)
            for topic in identity.topics - topics_before:
                self.hub.subscribe(self, topic)
            self.user, self.is_guest = identity.user, identity.is_guest
            board.set_availability(self.user.pk, self.user.availability)
        return identity

    async def _refresh_audience_later(self) -> None:
        """Refresh a guest's topics once, however many members of their rooms join and leave meanwhile."""
        await asyncio.sleep(AUDIENCE_REFRESH_SECONDS)
        self._refresh_scheduled = False
        await self._reauthorise_user()

    async def _reauthorise_user(self, *, with_welcome: bool = False) -> None:
        """Load the user again; a further `welcome` tells the client by its numbers what it has missed."""
        known = self.user.pk, self.session_topic, self.scopes
        identity = await self._refresh_identity(partial(handshake.reauthorise, with_welcome=with_welcome), *known)
        if with_welcome:
            self._send_welcome(identity)

    async def _receive_frames(self, receive: Callable[[], Awaitable[dict[str, Any]]]) -> None:
        while not self._closed:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            if self.limit is not None and not self.limit.allows():
                self.answer(self._encode_error(None, errors.RATE_LIMITED))
                if self.limit.refusals > MAX_REFUSALS:
                    return await self._close_with(errors.POLICY_VIOLATION)
                continue
            await self._dispatch_frame(message.get("text") or message.get("bytes") or "")

    async def _dispatch_frame(self, text: str | bytes) -> None:
        """Run one command. An error is answered, and the socket stays open."""
        ref: Any = None
        try:
            if not isinstance(frame := orjson.loads(text), dict):
                raise TypeError
            # Encoded at once, so that a `ref` nested too deeply is refused here and not in the midst of an answer.
            ref = orjson.Fragment(orjson.dumps(frame.get("ref")))
            command = COMMANDS[frame["type"]]
        except (orjson.JSONDecodeError, TypeError, UnicodeError):
            return self.answer(self._encode_error(ref, errors.BAD_FRAME))
        except KeyError:
            return self.answer(self._encode_error(ref, errors.UNKNOWN_TYPE))
        try:
            require_scope(self.scopes, *command.scopes)
            await command.handle(self, ref, command.shape.model_validate(frame) if command.shape else None)
        except Exception as error:
            self.answer(self._encode_error(ref, error))

    def _encode_error(self, ref: Any, error: Exception) -> bytes:
        with translation.override(choose_language(self.user, self.accepted_language)):
            return errors.encode_error(ref, error)

    async def _close_with(self, code: int) -> None:
        if not self._closed:
            self._closed = True
            await self._send({"type": "websocket.close", "code": code})
