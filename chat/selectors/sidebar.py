"""The rooms a person sees on the left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Count, F, Q
from django.urls import reverse

from accounts.models import Organisation, User
from chat.models import Mention, Room, RoomMember

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SidebarRoom:
    """A line of the sidebar."""

    id: UUID
    name: str
    kind: str
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
        """A number is shown for mentions, and for anything said in a direct room."""
        return self.unread if self.kind == Room.Kind.DIRECT else self.mentions


@dataclass(frozen=True, slots=True)
class Sidebar:
    """Where one is, where else one could be, and one's rooms."""

    organisation: Organisation
    organisations: list[Organisation]
    rooms: list[SidebarRoom]
    directs: list[SidebarRoom]
    me: User

    @property
    def unread_badge(self) -> int:
        return sum(room.badge for room in (*self.rooms, *self.directs))


def sidebar_for(*, user: User, organisation: Organisation, current_room: Room | None = None) -> Sidebar:
    """Channels and groups by name, direct rooms by last activity (empty ones only while open). Four queries."""
    rows = (
        RoomMember.objects.filter(user=user, room__organisation=organisation)
        .select_related("room")
        .filter(Q(room__archived_at=None) | Q(room=current_room))
    )
    mentions = unread_mentions(user)
    others = others_in([row.room_id for row in rows if row.room.is_direct], user)
    current_id = current_room.pk if current_room else None
    lines = [_line(row, mentions.get(row.room_id, 0), others.get(row.room_id, []), current_id, user) for row in rows]
    directs = [line for line in lines if line.kind == Room.Kind.DIRECT and (line.last_seq or line.is_current)]
    return Sidebar(
        organisation=organisation,
        organisations=list(Organisation.objects.visible_to(user).order_by("name")),
        rooms=sorted((line for line in lines if line.kind != Room.Kind.DIRECT), key=_by_name),
        directs=sorted(directs, key=lambda line: line.last_message_at or LONG_AGO, reverse=True),
        me=user,
    )


def unread_mentions(user: User) -> dict[UUID, int]:
    """How often one is named in what one has not read, by room. One query."""
    return dict(
        Mention.objects.filter(user=user, room__members__user=user, seq__gt=F("room__members__last_read_seq"))
        .values_list("room")
        .annotate(Count("pk"))
    )


def direct_name(others: Sequence[User], me: User) -> str:
    """A direct room is called by the others in it; the one with oneself by one's own name."""
    return ", ".join(person.name for person in others) or f"{me.name} (you)"


def others_in(room_ids: Sequence[UUID], user: User) -> dict[UUID, list[User]]:
    """Everybody but `user` in these rooms, by name. One query, none for no rooms."""
    found: defaultdict[UUID, list[User]] = defaultdict(list)
    if room_ids:
        members = RoomMember.objects.with_user().filter(room__in=room_ids).exclude(user=user)
        for member in members.order_by("user__name"):
            found[member.room_id].append(member.user)
    return found


def _line(member: RoomMember, mentions: int, others: list[User], current_id: UUID | None, me: User) -> SidebarRoom:
    room = member.room
    return SidebarRoom(
        id=room.pk,
        name=direct_name(others, me) if room.is_direct else room.name,
        kind=room.kind,
        is_archived=room.is_archived,
        unread=room.last_seq - member.last_read_seq,
        mentions=mentions,
        last_seq=room.last_seq,
        last_read_seq=member.last_read_seq,
        version=room.version,
        last_message_at=room.last_message_at,
        is_current=room.pk == current_id,
        others=others,
    )


def _by_name(line: SidebarRoom) -> tuple[bool, str]:
    return line.name != "general", line.name.lower()
