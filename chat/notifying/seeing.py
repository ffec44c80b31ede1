"""Tell which notifications about rooms, messages and reports their users may still see."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from accounts.models import Membership, User
from chat.models import Message, Reaction, Report, RoomMember
from notifications.models import Notification


def filter_messages(rows: Sequence[Notification], reader: User) -> list[Notification]:
    """Return those whose message is not deleted, in rooms that their users are still in. Two queries."""
    places = dict(Message.objects.not_deleted().filter(pk__in={row.subject for row in rows}).values_list("pk", "room"))
    inside = _find_members({row.user_id for row in rows}, set(places.values()))
    return [row for row in rows if row.subject in places and (row.user_id, places[row.subject]) in inside]


def filter_reactions(rows: Sequence[Notification], reader: User) -> list[Notification]:
    """Return those whose message is seen, and to which another user's reaction still stands. Three queries."""
    seen = filter_messages(rows, reader)
    reactions = Reaction.objects.filter(message__in={row.subject for row in seen}).values_list("message", "user", "pk")
    standing = list(reactions)
    return [
        row
        for row in seen
        if any(
            message_id == row.subject and user_id != row.user_id and str(reaction_id) >= row.data["first"]
            for message_id, user_id, reaction_id in standing
        )
    ]


def filter_rooms(rows: Sequence[Notification], reader: User) -> list[Notification]:
    """Return those about rooms that their users are in. One query."""
    inside = _find_members({row.user_id for row in rows}, {row.place for row in rows})
    return [row for row in rows if (row.user_id, row.place) in inside]


def filter_reports(rows: Sequence[Notification], reader: User) -> list[Notification]:
    """Return those about reports of organisations that their users still administer. Two queries."""
    reports = dict(Report.objects.filter(pk__in={row.subject for row in rows}).values_list("pk", "organisation"))
    admins = Membership.objects.filter(
        user__in={row.user_id for row in rows},
        organisation__in=set(reports.values()),
        role__in=Membership.ADMIN_ROLES,
    )
    allowed = set(admins.values_list("user", "organisation"))
    return [row for row in rows if row.subject in reports and (row.user_id, reports[row.subject]) in allowed]


def _find_members(user_ids: set[UUID], room_ids: set[UUID | None]) -> set[tuple[UUID, UUID | None]]:
    """Return the pairs of user and room that are memberships."""
    members = RoomMember.objects.filter(room__in=room_ids)
    # By the index of rooms: for many users of one room the list of them would be longer than that of its members.
    if len(user_ids) <= len(room_ids):
        members = members.filter(user__in=user_ids)
    return set(members.values_list("user", "room"))
