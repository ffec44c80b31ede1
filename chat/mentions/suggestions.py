"""Suggest whom a message may mention, while its author types a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, IntegerField, Q, Value, When

from accounts.models import Membership, User
from accounts.organisations.queries import members_visible_to
from chat.models import Message, Room, RoomMember
from lib.text.folding import fold_text

MAX_USERS = 8
# Who wrote one of these is offered first.
RECENT_MESSAGES = 100
MAX_RECENT = 10


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be completed after an `@`: a user, in the room or outside of it."""

    user: User
    is_in_room: bool


def suggest_mentions(*, user: User, room_id: UUID, q: str = "", thread_id: UUID | None = None) -> list[Suggestion]:
    """Return users whose username or a word of whose name begins with `q`: at most eight.

    Members of the room come first, among them those who wrote last, in the thread if one is named; then members of the
    organisation whom the user may see. Raise Room.DoesNotExist for a hidden room. Five queries.
    """
    room: Room = Room.objects.visible_to(user).get(pk=room_id)
    recent = _list_recent_authors(room, thread_id)
    matching = _match_words(fold_text(q.strip())) & Q(user__is_active=True)
    members = RoomMember.objects.with_user().filter(matching, room=room).exclude(user=user)
    in_room = [member.user for member in members.order_by(*_order_by_rank(q, recent))[:MAX_USERS]]
    found = [Suggestion(each, True) for each in in_room]
    if len(found) < MAX_USERS and not room.is_direct:
        own = Membership.objects.select_related("organisation").get(user=user, organisation=room.organisation_id)
        inside = RoomMember.objects.filter(room=room).values("user")
        outside = members_visible_to(own).filter(matching).exclude(user__in=inside).exclude(user=user).with_user()
        rows = outside.order_by(*_order_by_rank(q, []))[: MAX_USERS - len(found)]
        found += [Suggestion(membership.user, False) for membership in rows]
    return found


def _list_recent_authors(room: Room, thread_id: UUID | None) -> list[UUID]:
    """Return who wrote the last messages of a room, or of one of its threads, the last one first."""
    messages = Message.objects.filter(room=room)
    if thread_id:
        messages = messages.filter(thread=thread_id).order_by("-thread_seq")
    else:
        messages = messages.filter(seq__isnull=False).order_by("-seq")
    return list(dict.fromkeys(messages.values_list("author", flat=True)[:RECENT_MESSAGES]))[:MAX_RECENT]


def _match_words(q: str) -> Q:
    """Return whether a user's name or username has a word that begins with `q`. In wide scripts words touch."""
    if not q:
        return Q()
    named = Q(user__folded_name__startswith=q) | Q(user__username__startswith=q)
    for before in (" ", "-") if q.isascii() else ("",):
        named |= Q(user__folded_name__contains=before + q)
    return named


def _order_by_rank(q: str, recent: Sequence[UUID]) -> tuple[Case | str, ...]:
    """Return how to sort: who is called exactly so, who wrote last, the others by name."""
    ranks = [When(user__username=q.lower(), then=Value(0))]
    ranks += [When(user=user_id, then=Value(rank)) for rank, user_id in enumerate(recent, 1)]
    last = Value(MAX_RECENT + 1)
    return Case(*ranks, default=last, output_field=IntegerField()), "user__folded_name", "pk"
