"""Authenticate connections to `/ws/`, and work out what they hear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from accounts.identities import TokenIdentity
from accounts.models import Membership, User
from accounts.schemas import UserOut
from accounts.scopes import includes_scope
from accounts.sessions.services import identify_session
from accounts.tokens.services.families import authenticate_token
from chat.models import Room, RoomMember
from chat.scopes import LISTENING
from chat.topics import commons_topic, organisation_topic, person_topic, room_topic, user_topic
from chat.unread import unread_mentions
from lib.realtime.frames import encode_frame
from lib.web.schemas import to_timestamp

PROTOCOL = "atrium.v1"
BEARER_PROTOCOL = "bearer."


@dataclass(frozen=True, slots=True)
class Credentials:
    """The token or the session key that a client sends."""

    token: str = ""
    session_key: str = ""

    def __bool__(self) -> bool:
        return bool(self.token or self.session_key)


@dataclass(frozen=True, slots=True)
class Identity:
    """The user of an authenticated connection, its session, its scopes (None: all), and what it hears, as topics.

    `rooms` are the user's rooms, and the commons of each organisation in which they are no guest; `acquaintances` are
    the users that they know only by a room they share.
    """

    user: User
    session_topic: str
    scopes: frozenset[str] | None
    rooms: frozenset[str]
    acquaintances: frozenset[str]
    organisations: frozenset[str]
    is_guest: bool

    @property
    def may_listen(self) -> bool:
        """Tell whether events are sent to it. If not, its topics still tell when it has to be closed."""
        return all(includes_scope(self.scopes, scope) for scope in LISTENING)

    @property
    def topics(self) -> frozenset[str]:
        """Return all topics that the connection hears."""
        own = (user_topic(self.user.pk), self.session_topic)
        return frozenset((*own, *self.rooms, *self.acquaintances, *self.organisations))


def read_credentials(scope: dict[str, Any]) -> Credentials:
    """Read credentials from the headers, without a query. A cookie counts only without an Origin or from our own."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    scheme, _, token = headers.get(b"authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return Credentials(token=token.strip())
    for protocol in scope.get("subprotocols", ()):
        if protocol.startswith(BEARER_PROTOCOL):
            return Credentials(token=protocol.removeprefix(BEARER_PROTOCOL))
    if not _is_same_origin(headers):
        return Credentials()
    return Credentials(session_key=_read_session_key(headers.get(b"cookie", "")))


def authenticate(credentials: Credentials) -> Identity | None:
    """Return the identity that credentials stand for, or None when they are invalid."""
    token, session_key = credentials.token, credentials.session_key
    identity: Any = authenticate_token(token) if token else identify_session(session_key)
    if identity is None:
        return None
    scopes = identity.scopes if isinstance(identity, TokenIdentity) else None
    topic = f"token:{identity.family_id}" if token else f"session:{identity.public_id}"
    return _load_identity(identity.user, topic, scopes)


def reauthorise(user_id: UUID, session_topic: str, scopes: frozenset[str] | None) -> Identity:
    """Return the identity of an open connection as it is now.

    The session is not checked: its end is announced, and a replaced access token or a new session key ends nothing.
    """
    return _load_identity(User.objects.get(pk=user_id), session_topic, scopes)


def _load_identity(user: User, session_topic: str, scopes: frozenset[str] | None) -> Identity:
    rooms = Room.objects.joined_by(user).values_list("pk", flat=True)
    roles = dict(Membership.objects.filter(user=user).values_list("organisation", "role"))
    open_to = {organisation_id for organisation_id, role in roles.items() if role in Membership.OPEN_ROOM_ROLES}
    as_guest = roles.keys() - open_to
    return Identity(
        user,
        session_topic,
        scopes,
        rooms=frozenset((*map(room_topic, rooms), *map(commons_topic, open_to))),
        acquaintances=frozenset(map(person_topic, _load_acquaintances(user, as_guest, alone=not open_to))),
        organisations=frozenset(map(organisation_topic, roles)),
        is_guest=bool(as_guest),
    )


def _load_acquaintances(user: User, organisation_ids: Iterable[UUID], *, alone: bool) -> set[UUID]:
    """Return the users that a guest of these organisations shares a room with: one query for each organisation.

    A user who is `alone`, that is in no commons, hears of themself by their own topic too.
    """
    user_ids: set[UUID] = set()
    for organisation_id in organisation_ids:
        user_ids.update(RoomMember.objects.sharing_with(user.pk, organisation_id).values_list("user", flat=True))
    return user_ids | {user.pk} if alone else user_ids - {user.pk}


@dataclass(frozen=True, slots=True)
class Welcome:
    """The `welcome` frame, and the room versions in it by topic."""

    payload: bytes
    versions: dict[str, int]


def build_welcome(user: User, ref: Any = None) -> Welcome:
    """Return the `welcome` frame: the user, and the last numbers of each of their rooms. Two queries."""
    rows = Room.objects.joined_by(user).values_list("pk", "version", "last_seq", "members__last_read_seq")
    mentions = unread_mentions(user)
    rooms = [
        {
            "id": room_id,
            "version": version,
            "last_seq": last_seq,
            "last_read_seq": read,
            "unread": last_seq - read,
            "mentions": mentions.get(room_id, 0),
        }
        for room_id, version, last_seq, read in rows
    ]
    me = UserOut.of(user, with_email=True).model_dump(mode="json") | {"availability": user.availability}
    payload = encode_frame("welcome", ref=ref, user=me, rooms=rooms, server_time=to_timestamp(timezone.now()))
    return Welcome(payload, {room_topic(room_id): version for room_id, version, _, _ in rows})


def choose_protocol(protocols: Iterable[str]) -> str | None:
    """Return our subprotocol where the client offers it."""
    return PROTOCOL if PROTOCOL in protocols else None


def _is_same_origin(headers: dict[bytes, str]) -> bool:
    origin = headers.get(b"origin")
    if origin is None:
        return True
    scheme, _, host = origin.partition("://")
    # With TLS, a page without it may come from an attacker. Behind a TLS proxy the server may not know of it.
    schemes = ("https",) if settings.HTTPS else ("https", "http")
    return (scheme in schemes and host == headers.get(b"host")) or origin in settings.CSRF_TRUSTED_ORIGINS


def _read_session_key(cookie: str) -> str:
    try:
        morsel = SimpleCookie(cookie).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
