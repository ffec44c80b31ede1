"""Load the organisations of a user with what waits for them in each: unread rooms, mentions and threads."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Aggregate, Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import Organisation, User
from chat.models import Reminder, Room, RoomMember, ScheduledMessage, ThreadFollow
from chat.models.counting import IS_UNREAD, UNREAD, counts_all, counts_mentions_alone
from chat.sidebar.schemas import SidebarOrganisation
from chat.unread import count_mentions
from lib.db.prepared import PreparedQuery, build_instance, list_field_names


def load_organisations(user: User, current: Organisation) -> list[SidebarOrganisation]:
    """Return the organisations of a user by name, with what waits for them there. One prepared query."""
    return [
        SidebarOrganisation(
            organisation,
            badge=direct + mentions + threads,
            # A room with mentions counts them, and not itself too; a quiet one counts nothing else.
            attention=direct + mentions + unread - mentioned + threads,
            unread_threads=threads,
            scheduled=scheduled,
            due_reminders=reminders,
            is_current=organisation.pk == current.pk,
            role=role,
        )
        for row in _organisations_query.rows(user_id=user.pk)
        for *values, role, unread, direct, mentions, mentioned, threads, scheduled, reminders in [row]
        for organisation in [build_instance(Organisation, values)]
    ]


def count_attention(user: User) -> int:
    """Return what waits for a user in all of their organisations, as pages count it in their titles. One query."""
    return sum(each.attention for each in load_organisations(user, Organisation()))


# Rooms whose mentions are told apart from other messages: all but direct rooms, where every message is for the user.
LOUD = counts_all() & Q(room__kind__in=[Room.Kind.CHANNEL, Room.Kind.GROUP])
QUIET = counts_mentions_alone()

_organisations_query = PreparedQuery(
    lambda user_id: (
        Organisation.objects.filter(memberships__user=user_id)
        .annotate(
            unread=_sum_by_organisation(_unread_members(user_id).exclude(room__kind=Room.Kind.DIRECT), Count("pk")),
            direct=_sum_by_organisation(_unread_members(user_id).filter(room__kind=Room.Kind.DIRECT), Sum(UNREAD)),
            mentions=_sum_by_organisation(_mentioned_members(user_id, LOUD | QUIET), Sum("mentions")),
            mentioned=_sum_by_organisation(_mentioned_members(user_id, LOUD), Count("pk")),
            threads=Coalesce(Subquery(_count_unread_threads(user_id)), 0),
            scheduled=_count_own(ScheduledMessage.objects.filter(user=user_id)),
            reminders=_count_own(Reminder.objects.filter(user=user_id).exclude(reminded_at=None)),
        )
        .order_by("folded_name")
        .values_list(
            *(*list_field_names(Organisation), "memberships__role", "unread", "direct", "mentions", "mentioned"),
            *("threads", "scheduled", "reminders"),
        )
    ),
    user_id=UUID,
)


def _unread_members(user_id: UUID) -> QuerySet[RoomMember]:
    return _filter_members(user_id, counts_all())


def _mentioned_members(user_id: UUID, told: Q) -> QuerySet[RoomMember]:
    return _filter_members(user_id, told).annotate(mentions=count_mentions()).filter(mentions__gt=0)


def _filter_members(user_id: UUID, told: Q) -> QuerySet[RoomMember]:
    """Return a user's memberships with unread messages in an organisation."""
    memberships = RoomMember.objects.not_archived().filter(user=user_id, room__organisation=OuterRef("pk"))
    return memberships.filter(told, IS_UNREAD)


def _count_unread_threads(user_id: UUID) -> QuerySet[ThreadFollow, Any]:
    follows = ThreadFollow.objects.current_of(User(pk=user_id)).within(OuterRef("pk")).unread()
    return follows.order_by().values("thread__room__organisation").annotate(n=Count("pk")).values("n")


def _count_own(rows: QuerySet[Any]) -> Coalesce:
    """Return how many of a user's own rows belong to an organisation."""
    counted = rows.filter(organisation=OuterRef("pk")).order_by().values("organisation").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def _sum_by_organisation(rows: QuerySet[Any], aggregate: Aggregate) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("room__organisation").annotate(n=aggregate).values("n")), 0)
