"""Load the rooms and organisations of a user's sidebar."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Aggregate, Count, Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import Organisation, User
from chat.models import Mention, Room, RoomMember
from chat.room_names import direct_name
from lib.db.prepared import PreparedQuery, build_instance, list_field_names

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
NO_ROOM = UUID(int=0)
UNREAD = F("room__last_seq") - F("last_read_seq")


@dataclass(frozen=True, slots=True)
class SidebarRoom:
    """A room in the sidebar."""

    id: UUID
    name: str
    kind: str
    is_general: bool
    is_archived: bool
    unread: int
    mentions: int
    last_seq: int
    last_read_seq: int
    version: int
    last_message_at: datetime | None
    is_current: bool
    others: list[User]

    @property
    def url(self) -> str:
        return reverse("chat:room", args=[self.id])

    @property
    def icon(self) -> str:
        return "hash" if self.kind == Room.Kind.CHANNEL else "lock"

    @property
    def badge(self) -> int:
        """Return the number beside the name: mentions, in a direct room all unread messages."""
        return self.unread if self.kind == Room.Kind.DIRECT else self.mentions


@dataclass(frozen=True, slots=True)
class SidebarOrganisation:
    """An organisation in the menu. `badge` is the sum of its rooms' badges."""

    organisation: Organisation
    is_unread: bool
    badge: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Sidebar:
    """The current organisation, all organisations of the user, and the user's rooms."""

    organisation: Organisation
    organisations: list[SidebarOrganisation]
    rooms: list[SidebarRoom]
    directs: list[SidebarRoom]
    me: User

    @property
    def badge_elsewhere(self) -> int:
        return sum(line.badge for line in self.organisations if not line.is_current)

    @property
    def is_unread_elsewhere(self) -> bool:
        return any(line.is_unread for line in self.organisations if not line.is_current)


def sidebar_for(*, user: User, organisation: Organisation, current_room: Room | None = None) -> Sidebar:
    """Return the sidebar of a user in an organisation. Three queries.

    It holds their channels and groups, `general` first and the others by name, and their direct rooms, the one written
    in last first. Archived rooms and direct rooms without a message are hidden, except for `current_room`.
    """
    current_id = current_room.pk if current_room else NO_ROOM
    rows = _rows_query.rows(user_id=user.pk, organisation_id=organisation.pk, current_id=current_id)
    others: defaultdict[UUID, list[User]] = defaultdict(list)
    if any(row[1] == Room.Kind.DIRECT for row in rows):
        for room_id, *values in _others_query.rows(user_id=user.pk, organisation_id=organisation.pk):
            others[room_id].append(build_instance(User, values))
    organisations = [
        SidebarOrganisation(found, bool(unread), direct + mentions, found.pk == organisation.pk)
        for *values, unread, direct, mentions in _organisations_query.rows(user_id=user.pk)
        for found in [build_instance(Organisation, values)]
    ]
    lines = [_build_line(SidebarRow._make(row), others.get(row[0], []), current_id, user) for row in rows]
    directs = [line for line in lines if line.kind == Room.Kind.DIRECT and (line.last_seq or line.is_current)]
    return Sidebar(
        organisation=organisation,
        organisations=organisations,
        rooms=sorted((line for line in lines if line.kind != Room.Kind.DIRECT), key=_order_line),
        directs=sorted(directs, key=lambda line: line.last_message_at or LONG_AGO, reverse=True),
        me=user,
    )


def _build_line(row: SidebarRow, others: list[User], current_id: UUID, me: User) -> SidebarRoom:
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
    )


def _order_line(line: SidebarRoom) -> tuple[bool, str]:
    return not line.is_general, line.name.lower()


class SidebarRow(NamedTuple):
    """The columns of a room's line."""

    id: UUID
    kind: str
    name: str
    is_general: bool
    archived_at: datetime | None
    last_seq: int
    version: int
    last_message_at: datetime | None
    last_read_seq: int
    mentions: int


# All three with every page. Measured: 0.08 ms, 0.15 ms and 0.1 ms; by the querysets 0.9, 1 and 2 ms.
_rows_query = PreparedQuery(
    lambda user_id, organisation_id, current_id: (
        RoomMember.objects.not_archived(except_room=current_id)
        .filter(user=user_id, room__organisation=organisation_id)
        .annotate(mentions=Coalesce(Subquery(_unread_mentions_in_room(user_id)), 0))
        .values_list("room_id", *(f"room__{name}" for name in SidebarRow._fields[1:-2]), "last_read_seq", "mentions")
    ),
    user_id=UUID,
    organisation_id=UUID,
    current_id=UUID,
)
_others_query = PreparedQuery(
    lambda user_id, organisation_id: (
        RoomMember.objects.filter(
            room__in=RoomMember.objects.filter(
                user=user_id, room__kind=Room.Kind.DIRECT, room__organisation=organisation_id
            ).values("room")
        )
        .exclude(user=user_id)
        .order_by("user__name")
        .values_list("room_id", *list_field_names(User, "user__"))
    ),
    user_id=UUID,
    organisation_id=UUID,
)
_organisations_query = PreparedQuery(
    lambda user_id: (
        Organisation.objects.filter(memberships__user=user_id)
        .annotate(
            unread=Exists(_unread_in_organisation(user_id)),
            direct=_sum_by_organisation(
                _unread_in_organisation(user_id).filter(room__kind=Room.Kind.DIRECT), Sum(UNREAD)
            ),
            mentions=_sum_by_organisation(_mentions_in_organisation(user_id), Count("pk")),
        )
        .order_by("name")
        .values_list(*list_field_names(Organisation), "unread", "direct", "mentions")
    ),
    user_id=UUID,
)


def _unread_mentions_in_room(user_id: UUID) -> QuerySet[Mention, Any]:
    mentions = Mention.objects.filter(user=user_id, room=OuterRef("room"), seq__gt=OuterRef("last_read_seq"))
    return mentions.order_by().values("room").annotate(n=Count("pk")).values("n")


def _unread_in_organisation(user_id: UUID) -> QuerySet[RoomMember]:
    memberships = RoomMember.objects.not_archived().filter(user=user_id, room__organisation=OuterRef("pk"))
    return memberships.filter(room__last_seq__gt=F("last_read_seq"))


def _mentions_in_organisation(user_id: UUID) -> QuerySet[Mention]:
    mentions = Mention.objects.unread_by(user_id).filter(room__organisation=OuterRef("pk"), room__archived_at=None)
    return mentions.exclude(room__kind=Room.Kind.DIRECT)


def _sum_by_organisation(rows: QuerySet[Any], aggregate: Aggregate) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("room__organisation").annotate(n=aggregate).values("n")), 0)
