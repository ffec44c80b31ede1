"""Who is at the door of `/ws/`, and what they hear once inside."""

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
from accounts.tokens.services.issue import authenticate_token
from chat.models import Room, RoomMember
from chat.scopes import LISTENING
from chat.sidebar.queries import unread_mentions
from chat.topics import commons_topic, organisation_topic, person_topic, room_topic, user_topic
from lib.realtime.frames import encode_frame
from lib.web.client import get_network, resolve_ip_address
from lib.web.schemas import to_timestamp

PROTOCOL = "atrium.v1"
BEARER_PROTOCOL = "bearer."


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a client brings: a token or the key of a browser's session."""

    token: str = ""
    session_key: str = ""

    def __bool__(self) -> bool:
        return bool(self.token or self.session_key)


@dataclass(frozen=True, slots=True)
class Visitor:
    """An authenticated connection: whose it is, by which session, what it may do, and what it listens to.

    `places` are its rooms, and the commons of each organisation that it is no guest in; `people` those it knows only
    by a room they share.
    """

    user: User
    session_topic: str
    scopes: frozenset[str] | None
    places: frozenset[str]
    people: frozenset[str]
    organisations: frozenset[str]
    is_guest: bool

    @property
    def may_listen(self) -> bool:
        """Whether it is told anything. If not, its topics still say when it has to go."""
        return all(includes_scope(self.scopes, scope) for scope in LISTENING)

    @property
    def topics(self) -> frozenset[str]:
        own = (user_topic(self.user.pk), self.session_topic)
        return frozenset((*own, *self.places, *self.people, *self.organisations))


def credentials(scope: dict[str, Any]) -> Credentials:
    """Read from headers alone, without a query. A cookie counts only from our own pages (or from outside browsers)."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    scheme, _, token = headers.get(b"authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return Credentials(token=token.strip())
    for protocol in scope.get("subprotocols", ()):
        if protocol.startswith(BEARER_PROTOCOL):
            return Credentials(token=protocol.removeprefix(BEARER_PROTOCOL))
    if not _from_our_pages(headers):
        return Credentials()
    return Credentials(session_key=_session_key(headers.get(b"cookie", "")))


def client_of(scope: dict[str, Any]) -> str | None:
    """The network a connection comes from, by the same rules as a request."""
    forwarded = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
    peer = scope.get("client") or ("",)
    return get_network(resolve_ip_address(peer[0], forwarded.decode("latin-1")))


def admit(brought: Credentials) -> Visitor | None:
    """The visitor that credentials stand for, or None when they are good for nobody."""
    identity: Any = authenticate_token(brought.token) if brought.token else identify_session(brought.session_key)
    if identity is None:
        return None
    scopes = identity.scopes if isinstance(identity, TokenIdentity) else None
    topic = f"token:{identity.family_id}" if brought.token else f"session:{identity.public_id}"
    return _visitor(identity.user, topic, scopes)


def revisit(user_id: UUID, session_topic: str, scopes: frozenset[str] | None) -> Visitor:
    """A visitor of before as they are now. That their session or token ends is announced; that an access token has been
    replaced, or a session got another key, ends nothing.
    """
    return _visitor(User.objects.get(pk=user_id), session_topic, scopes)


def _visitor(user: User, session_topic: str, scopes: frozenset[str] | None) -> Visitor:
    rooms = Room.objects.joined_by(user).values_list("pk", flat=True)
    roles = dict(Membership.objects.filter(user=user).values_list("organisation", "role"))
    open_to = {organisation_id for organisation_id, role in roles.items() if role in Membership.OPEN_ROOM_ROLES}
    as_guest = roles.keys() - open_to
    return Visitor(
        user,
        session_topic,
        scopes,
        places=frozenset((*map(room_topic, rooms), *map(commons_topic, open_to))),
        people=frozenset(map(person_topic, _met(user, as_guest, alone=not open_to))),
        organisations=frozenset(map(organisation_topic, roles)),
        is_guest=bool(as_guest),
    )


def _met(user: User, organisation_ids: Iterable[UUID], *, alone: bool) -> set[UUID]:
    """Whom a guest of these knows: one query for each. Whoever is in no commons hears there of themself, too."""
    met: set[UUID] = set()
    for organisation_id in organisation_ids:
        met.update(RoomMember.objects.sharing_with(user.pk, organisation_id).values_list("user", flat=True))
    return met | {user.pk} if alone else met - {user.pk}


@dataclass(frozen=True, slots=True)
class Welcome:
    """The `welcome` frame, and the versions it tells by topic."""

    payload: bytes
    versions: dict[str, int]


def welcome(user: User, ref: Any = None) -> Welcome:
    """Oneself, and how far each of one's rooms has come. Two queries."""
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


def offered_protocol(protocols: Iterable[str]) -> str | None:
    return PROTOCOL if PROTOCOL in protocols else None


def _from_our_pages(headers: dict[bytes, str]) -> bool:
    origin = headers.get(b"origin")
    if origin is None:
        return True
    scheme, _, host = origin.partition("://")
    # Where there is TLS a page without it may be anybody's. Behind a proxy that ends it, we may not know of it.
    schemes = ("https",) if settings.HTTPS else ("https", "http")
    return (scheme in schemes and host == headers.get(b"host")) or origin in settings.CSRF_TRUSTED_ORIGINS


def _session_key(cookie: str) -> str:
    try:
        morsel = SimpleCookie(cookie).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
