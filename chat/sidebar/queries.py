"""Load the rooms and organisations of a user's sidebar, and all rooms that they are in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, QuerySet, When

from accounts.models import Organisation, User
from chat.models import Room, RoomMember
from chat.models.counting import IS_UNREAD, counts_all
from chat.models.rooms import RoomMemberQuerySet, build_room_picture_url
from chat.room_names import direct_name, other_members_of
from chat.sidebar.attention import load_organisations
from chat.sidebar.registry import SidebarSection, load_sections
from chat.sidebar.schemas import Sidebar, SidebarRoom
from chat.unread import count_mentions
from lib.db.prepared import PreparedQuery, build_instance, list_field_names
from lib.lasting import read_end
from lib.text.folding import fold_text
from notifications.inbox.counts import count_unread

# A page holds no more, however many rooms its reader is in. The others are on the page of all rooms.
MAX_ROOMS, MAX_DIRECTS = 30, 20
# Of the sections that apps add, beside those that are among the rooms already.
MAX_CHANNELS = 30
LONG_AGO, FAR_AHEAD = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
NO_ROOM = UUID(int=0)
# PostgreSQL and SQLite sort NULL differently.
NEWEST = F("room__last_message_at").desc(nulls_last=True)


class SidebarRow(NamedTuple):
    """The columns of a room's line."""

    id: UUID
    kind: str
    name: str
    emoji: str
    picture: str
    is_general: bool
    archived_at: datetime | None
    last_seq: int
    version: int
    last_message_at: datetime | None
    main_channel_id: UUID | None
    project_name: str
    last_read_seq: int
    favourite: bool
    muted_until: datetime | None
    notification_level: str
    mentions: int


OF_ROOM, OF_MEMBER = SidebarRow._fields[1:12], SidebarRow._fields[12:]
COLUMNS = ("room_id", *(f"room__{name}" for name in OF_ROOM), *OF_MEMBER)


def sidebar_for(*, user: User, organisation: Organisation, current_room: Room | None = None) -> Sidebar:
    """Return the sidebar of a user in an organisation. Five queries, and those of the sections that apps add.

    It holds their favourites by name, their channels and groups, `general` first and the others by name, and their
    direct rooms, the one written in last first; muted ones stand last. Rooms of a section stand in it alone.

    Of too many, favourites, those with mentions, the unread ones and those written in last are chosen; then one query
    more finds quiet rooms of sections, main channels first. Archived rooms and direct rooms without a message are
    hidden, except for `current_room`.
    """
    current_id = current_room.pk if current_room else NO_ROOM
    ids = {"user_id": user.pk, "organisation_id": organisation.pk, "current_id": current_id}
    rows, direct_rows = _rooms_query.rows(**ids), _directs_query.rows(**ids)
    others: defaultdict[UUID, list[User]] = defaultdict(list)
    if direct_rows:
        for room_id, *values in _others_query.rows(**ids):
            others[room_id].append(build_instance(User, values))
    rooms = [_build_line(row, [], current_id, user) for row in rows[:MAX_ROOMS]]
    directs = [_build_line(row, others[row[0]], current_id, user) for row in direct_rows[:MAX_DIRECTS]]
    # Most users of most organisations have none: they are not asked for.
    more_rooms = len(rows) > MAX_ROOMS
    may_have_sections = more_rooms or any(line.main_channel_id for line in rooms)
    sections = load_sections(user, organisation) if may_have_sections else []
    section_ids = {section.id for section in sections}
    if more_rooms and sections:
        chosen = {line.id for line in rooms}
        channels = [_build_line(row, [], current_id, user) for row in _channels_query.rows(**ids)]
        rooms += [each for each in channels if each.main_channel_id in section_ids and each.id not in chosen]
    by_name = sorted((line for line in rooms if not line.favourite), key=_order_by_name)
    organisations = load_organisations(user, organisation)
    all_attention = sum(line.attention for line in organisations if line.is_current)
    return Sidebar(
        organisation=organisation,
        organisations=organisations,
        favourites=sorted((line for line in (*rooms, *directs) if line.favourite), key=_order_by_name),
        rooms=[line for line in by_name if line.main_channel_id not in section_ids],
        sections=[(section, _list_channels(section, by_name)) for section in sections],
        directs=sorted((line for line in directs if not line.favourite), key=_order_by_time),
        more_rooms=more_rooms,
        more_directs=len(direct_rows) > MAX_DIRECTS,
        # A message may have arrived between two queries.
        hidden_attention=max(0, all_attention - sum(line.attention for line in (*rooms, *directs))),
        me=user,
        notifications=count_unread(user.pk),
    )


def find_home_room(*, user: User, organisation: Organisation, last_room: UUID | None) -> UUID | None:
    """Return the room that an organisation opens with: `last_room` if it is in the sidebar, else the first there."""
    rooms = _members_in(user.pk, organisation.pk, NO_ROOM).exclude(room__kind=Room.Kind.DIRECT, room__last_seq=0)
    is_direct = _sort_by(room__kind=Room.Kind.DIRECT)
    first = rooms.order_by(
        _sort_by(room=last_room or NO_ROOM).desc(), is_direct, "-room__is_general", "room__folded_name", NEWEST
    )
    return first.values_list("room", flat=True).first()


def list_my_rooms(*, user: User, organisation: Organisation, directs: bool, q: str = "") -> QuerySet[RoomMember, Any]:
    """Return a user's memberships in rooms that are not archived, as rows for `build_lines`.

    Channels and groups by name, `general` first; direct rooms by who wrote last. `q` is part of a room's name, or of
    the name of another user in a direct room.
    """
    if directs:
        rooms = _filter_directs(_members_in(user.pk, organisation.pk, NO_ROOM), NO_ROOM).order_by(NEWEST, "room")
        named = RoomMember.objects.filter(user__folded_name__contains_folded=q).exclude(user=user)
        matching = Q(room__in=named.values("room"))
    else:
        rooms = _members_in(user.pk, organisation.pk, NO_ROOM).exclude(room__kind=Room.Kind.DIRECT)
        rooms = rooms.order_by("-room__is_general", "room__folded_name", "room")
        matching = Q(room__folded_name__contains_folded=q)
    return (rooms.filter(matching) if q else rooms).values_list(*COLUMNS)


def build_lines(rows: Sequence[tuple[Any, ...]], user: User) -> list[SidebarRoom]:
    """Return the lines of rows of `list_my_rooms`. One query where direct rooms are among them."""
    others = other_members_of([row[0] for row in rows if row[1] == Room.Kind.DIRECT], user)
    return [_build_line(row, others.get(row[0], []), NO_ROOM, user) for row in rows]


def _build_line(values: tuple[Any, ...], others: list[User], current_id: UUID, me: User) -> SidebarRoom:
    row = SidebarRow._make(values)
    return SidebarRoom(
        id=row.id,
        name=direct_name(others, me) if row.kind == Room.Kind.DIRECT else row.name,
        kind=row.kind,
        is_general=row.is_general,
        is_archived=row.archived_at is not None,
        unread=row.last_seq - row.last_read_seq,
        mentions=row.mentions,
        last_seq=row.last_seq,
        last_read_seq=row.last_read_seq,
        version=row.version,
        last_message_at=row.last_message_at,
        is_current=row.id == current_id,
        others=others,
        favourite=row.favourite,
        muted_until=read_end(row.muted_until),
        notification_level=row.notification_level,
        emoji=row.emoji,
        picture_url=build_room_picture_url(row.picture),
        main_channel_id=row.main_channel_id,
        project_name=row.project_name,
    )


def _order_by_name(line: SidebarRoom) -> tuple[bool, bool, str]:
    return line.is_muted, not line.is_general, fold_text(line.full_name)


def _list_channels(section: SidebarSection, by_name: list[SidebarRoom]) -> list[SidebarRoom]:
    """Return the lines of a section, that of its main channel first."""
    own = [replace(line, is_in_section=True) for line in by_name if line.main_channel_id == section.id]
    return sorted(own, key=lambda line: (line.is_muted, not line.is_main_channel))


def _order_by_time(line: SidebarRoom) -> tuple[bool, timedelta]:
    return line.is_muted, FAR_AHEAD - (line.last_message_at or LONG_AGO)


def _members_in(user_id: UUID, organisation_id: UUID, current_id: UUID) -> RoomMemberQuerySet:
    """Return a user's memberships in rooms that are not archived, or current, with the number of unread mentions."""
    members: RoomMemberQuerySet = RoomMember.objects.not_archived(except_room=current_id)
    return members.filter(user=user_id, room__organisation=organisation_id).annotate(
        # Counted only where something is unread.
        mentions=Case(When(IS_UNREAD, then=count_mentions()), default=0)
    )


def _filter_directs(members: RoomMemberQuerySet, current_id: UUID) -> RoomMemberQuerySet:
    """Return the memberships in direct rooms that hold a message, or are current."""
    return members.filter(room__kind=Room.Kind.DIRECT).filter(Q(room__last_seq__gt=0) | Q(room=current_id))


def _choose_rooms(user_id: UUID, organisation_id: UUID, current_id: UUID) -> QuerySet[RoomMember]:
    rooms = _members_in(user_id, organisation_id, current_id).exclude(room__kind=Room.Kind.DIRECT)
    return rooms.order_by(
        _sort_by(room=current_id).desc(),
        "-room__is_general",
        "-favourite",
        *LOUDEST,
        NEWEST,
        "room",
    )[: MAX_ROOMS + 1]


def _choose_channels(user_id: UUID, organisation_id: UUID, current_id: UUID) -> QuerySet[RoomMember]:
    channels = _members_in(user_id, organisation_id, current_id).filter(room__main_channel__isnull=False)
    is_main = _sort_by(room=F("room__main_channel")).desc()
    return channels.order_by(*LOUDEST, is_main, NEWEST, "room")[:MAX_CHANNELS]


def _choose_directs(user_id: UUID, organisation_id: UUID, current_id: UUID) -> QuerySet[RoomMember]:
    directs = _filter_directs(_members_in(user_id, organisation_id, current_id), current_id)
    return directs.order_by(
        _sort_by(room=current_id).desc(),
        "-favourite",
        _sort_by(IS_UNREAD & counts_all()).desc(),
        NEWEST,
        "room",
    )[: MAX_DIRECTS + 1]


def _sort_by(*conditions: Q, **named: Any) -> ExpressionWrapper[Q]:
    """Return a condition to sort by."""
    return ExpressionWrapper(Q(*conditions, **named), output_field=BooleanField())


LOUDEST = _sort_by(mentions__gt=0).desc(), _sort_by(IS_UNREAD & counts_all()).desc()
IDS = {"user_id": UUID, "organisation_id": UUID, "current_id": UUID}
# All with every page, but for channels.
_rooms_query = PreparedQuery(lambda **ids: _choose_rooms(**ids).values_list(*COLUMNS), **IDS)
_channels_query = PreparedQuery(lambda **ids: _choose_channels(**ids).values_list(*COLUMNS), **IDS)
_directs_query = PreparedQuery(lambda **ids: _choose_directs(**ids).values_list(*COLUMNS), **IDS)
_others_query = PreparedQuery(
    lambda user_id, **ids: (
        RoomMember.objects.filter(room__in=_choose_directs(user_id, **ids).values("room"))
        .exclude(user=user_id)
        .order_by("user__folded_name")
        .values_list("room_id", *list_field_names(User, "user__"))
    ),
    **IDS,
)
