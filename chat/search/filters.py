"""The filters of the search field. To add one, write a function and name it in `FILTERS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from assets.search_index import select_blobs
from chat.models import Attachment, Mention, Message, Reaction, Room, RoomMember, Thread
from chat.search.language import FilterUse, find_file_piece
from chat.search.periods import Period, parse_period
from chat.search_index import position_of
from lib.text.folding import fold_text
from lib.text.search_text import AUDIO, CODE, FILE, IMAGE, LINK, PDF, VIDEO
from lib.web.parameters import parse_uuid

# Rooms of which each is named with how far it was read.
FEW_ROOMS = 16


@dataclass(frozen=True, slots=True)
class Asker:
    """The user who searches, when, and in which time zone."""

    user: User
    now: datetime
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a filter asks of search entries, and by what few of them are found quickly.

    `pieces` are parts of their texts, `source` yields the ids of the messages that can fulfil it; `rooms` narrows the
    rooms, `period` the time.
    """

    entries: Q = Q()
    period: Q = Q()
    rooms: Q | None = None
    pieces: tuple[str, ...] = ()
    source: QuerySet[Any, Any] | None = None


# What search texts hold of what messages contain.
CONTENT_TERMS = {
    "link": LINK,
    "links": LINK,
    "code": CODE,
    "file": FILE,
    "files": FILE,
    "image": IMAGE,
    "images": IMAGE,
    "video": VIDEO,
    "videos": VIDEO,
    "audio": AUDIO,
    "pdf": PDF,
    "pdfs": PDF,
}

Build = Callable[[Asker, str], Narrowing | None]


def narrow_by_author(asker: Asker, value: str) -> Narrowing:
    authors = _find_users(asker, value)
    return Narrowing(Q(message__author__in=authors), source=Message.objects.filter(author__in=authors).values("pk"))


def narrow_by_room(asker: Asker, value: str) -> Narrowing:
    """Narrow to a room by its name (`#design`) or id, or to direct rooms with a user (`@bob`)."""
    if value.startswith("@"):
        with_user = RoomMember.objects.filter(user__in=_find_users(asker, value)).values("room")
        return Narrowing(rooms=Q(kind=Room.Kind.DIRECT, pk__in=with_user))
    room_id = parse_uuid(value)
    return Narrowing(rooms=Q(pk=room_id) if room_id else Q(folded_name=fold_text(value.removeprefix("#"))))


def narrow_by_content(asker: Asker, value: str) -> Narrowing | None:
    match fold_text(value):
        case content if content in CONTENT_TERMS:
            return Narrowing(pieces=(CONTENT_TERMS[content],))
        case "reaction" | "reactions":
            reactions = Reaction.objects.filter(message=OuterRef("message"))
            return Narrowing(Q(Exists(reactions)), source=Reaction.objects.values("message"))
        case "pin" | "pins":
            return Narrowing(Q(message__pinned_at__isnull=False), source=Message.objects.pinned().values("pk"))
        case "thread" | "threads":
            threads = Thread.objects.filter(root=OuterRef("message"), last_seq__gt=0)
            return Narrowing(Q(Exists(threads)), source=Thread.objects.values("root"))
    return None


def narrow_by_state(asker: Asker, value: str) -> Narrowing | None:
    """Narrow to replies in threads, or to what the asker has not read in the rooms that they are in."""
    if fold_text(value) in ("thread", "threads"):
        replies = Message.objects.filter(thread__isnull=False)
        return Narrowing(Q(message__thread__isnull=False), source=replies.values("pk"))
    if fold_text(value) != "unread":
        return None
    return _narrow_to_unread(asker.user)


def _narrow_to_unread(user: User) -> Narrowing:
    """Narrow to what a user has not read. One query.

    Where that is in a few rooms, their numbers stand in the source: PostgreSQL would read all that is in them else.
    """
    own = RoomMember.objects.filter(user=user)
    is_behind = Exists(own.filter(room=OuterRef("room"), last_read_seq__lt=OuterRef("message__seq")))
    behind = list(own.filter(last_read_seq__lt=F("room__last_seq")).values_list("room", "last_read_seq")[:FEW_ROOMS])
    if len(behind) == FEW_ROOMS:
        source = Message.objects.filter(room__members__user=user, seq__gt=F("room__members__last_read_seq"))
        return Narrowing(Q(is_behind), source=source.values("pk"))
    after = reduce(or_, (Q(room=room, seq__gt=seq) for room, seq in behind), Q(pk__in=()))
    rooms = Q(pk__in=[room for room, _ in behind])
    return Narrowing(Q(is_behind), rooms=rooms, source=Message.objects.filter(after).values("pk"))


def narrow_by_mention(asker: Asker, value: str) -> Narrowing:
    users = _find_users(asker, value)
    mentions = Mention.objects.filter(user__in=users)
    to_all = Message.objects.telling_all_with(RoomMember.objects.filter(user__in=users))
    is_told = Exists(mentions.filter(message=OuterRef("message"))) | Exists(to_all.filter(pk=OuterRef("message")))
    return Narrowing(Q(is_told), source=mentions.values("message").union(to_all.values("pk")))


def narrow_by_file_text(asker: Asker, value: str) -> Narrowing | None:
    """Narrow to messages that show a file with a word or phrase in its text; None for what no index knows."""
    piece = find_file_piece(value)
    if piece is None:
        return None
    shown = Attachment.objects.standing().filter(asset__deleted_at=None)
    blobs = select_blobs(piece, Q(organisation__memberships__user=asker.user))
    has_one = Exists(shown.filter(message=OuterRef("message"), asset__blob__search_entry__text__holds=piece))
    source = shown.filter(asset__blob__in=blobs).values("message")
    return Narrowing(Q(has_one), pieces=(FILE,), source=source)


def narrow_before(asker: Asker, value: str) -> Narrowing | None:
    period = _parse_period(asker, value)
    return period and Narrowing(period=Q(position__lt=position_of(period.start)))


def narrow_after(asker: Asker, value: str) -> Narrowing | None:
    period = _parse_period(asker, value)
    return period and Narrowing(period=Q(position__gte=position_of(period.end)))


def narrow_to_period(asker: Asker, value: str) -> Narrowing | None:
    period = _parse_period(asker, value)
    return period and Narrowing(period=Q(position__gte=position_of(period.start), position__lt=position_of(period.end)))


FILTERS: dict[str, Build] = {
    "from": narrow_by_author,
    "in": narrow_by_room,
    "has": narrow_by_content,
    "in-file": narrow_by_file_text,
    "is": narrow_by_state,
    "mentions": narrow_by_mention,
    "before": narrow_before,
    "after": narrow_after,
    "on": narrow_to_period,
    "during": narrow_to_period,
}
# Given twice, either is enough: nobody has written a message together, nor in two rooms.
ALTERNATIVES = ("from", "in")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What all filters of a query ask for together; `left_out` are those whose value says nothing to us."""

    entries: Q
    period: Q
    rooms: Q
    pieces: tuple[str, ...]
    sources: tuple[QuerySet[Any, Any], ...]
    left_out: tuple[str, ...]


def apply_filters(uses: Sequence[FilterUse], asker: Asker) -> Narrowed:
    """Combine filters: all of them, but any of several authors or rooms."""
    built = [(use, FILTERS[use.key](asker, use.value)) for use in uses]
    known = [(use, narrowing) for use, narrowing in built if narrowing is not None]
    entries, period, rooms = Q(), Q(), Q()
    for use, narrowing in known:
        if use.is_excluded:
            entries &= ~_as_condition(narrowing)
        elif use.key not in ALTERNATIVES:
            entries &= narrowing.entries
            period &= narrowing.period
            rooms &= narrowing.rooms or Q()
    chosen = [(use, narrowing) for use, narrowing in known if not use.is_excluded]
    authors = [narrowing.entries for use, narrowing in chosen if use.key == "from"]
    places = [narrowing.rooms for use, narrowing in chosen if use.key == "in" and narrowing.rooms is not None]
    sources = [narrowing.source for _, narrowing in chosen if narrowing.source is not None]
    return Narrowed(
        entries & period & (reduce(or_, authors) if authors else Q()),
        period,
        rooms & (reduce(or_, places) if places else Q()),
        tuple(piece for _, narrowing in chosen for piece in narrowing.pieces),
        tuple(sources) if len(authors) < 2 else (),
        tuple(str(use) for use, narrowing in built if narrowing is None),
    )


def _as_condition(narrowing: Narrowing) -> Q:
    """Return a narrowing as a condition on entries alone, to be turned round."""
    condition = narrowing.entries & narrowing.period
    for piece in narrowing.pieces:
        condition &= Q(text__holds=piece)
    if narrowing.rooms is not None:
        condition &= Q(room__in=Room.objects.filter(narrowing.rooms))
    return condition


def _find_users(asker: Asker, value: str) -> QuerySet[User]:
    """Return the users with a username or name, whether or not the asker can see them: `me` is the asker."""
    if value.lower() in ("me", "@me"):
        return User.objects.filter(pk=asker.user.pk)
    name = fold_text(value.removeprefix("@"))
    return User.objects.filter(Q(username=name) | Q(folded_name=name))


def _parse_period(asker: Asker, value: str) -> Period | None:
    return parse_period(value, now=asker.now, zone=asker.zone)
