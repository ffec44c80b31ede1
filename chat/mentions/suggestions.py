"""Suggest whom a message may mention, while its author types a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.organisations.queries import members_visible_to
from chat.messages.recipients import BROADCASTS, list_broadcast_recipients
from chat.models import Message, Room, RoomMember, UserGroup
from chat.threads.queries.replies import may_begin_thread
from lib.text.folding import fold_text

MAX_USERS = 8
MAX_GROUPS = 5
# Who wrote one of these is offered first.
RECENT_MESSAGES = 100
MAX_RECENT = 10


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be completed after an `@`: a user, in the room or outside of it, a group, or all of the room at once.

    A broadcast is `room` or `here`. It and a group tell `user_count` users.
    """

    kind: str
    handle: str
    user: User | None = None
    is_in_room: bool = True
    user_count: int = 1
    name: str = ""


def suggest_mentions(*, user: User, room_id: UUID, q: str = "", thread_id: UUID | None = None) -> list[Suggestion]:
    """Return users whose username or a word of whose name begins with `q`, at most eight, groups, and `@room`.

    Members of the room come first, among them those who wrote last, in the thread if one is named, then members of the
    organisation whom the user may see. Groups, `@room` and `@here` are not for guests nor for direct rooms. Raise
    Room.DoesNotExist for a hidden room, ValidationError for a thread that is not in it. Eight queries, nine with one.
    """
    room: Room = Room.objects.visible_to(user).get(pk=room_id)
    if thread_id and not may_begin_thread(room_id, thread_id):
        raise ValidationError({"thread_id": _("There is no such thread in this room.")})
    own = Membership.objects.select_related("organisation").get(user=user, organisation=room.organisation_id)
    recent = _list_recent_authors(room, thread_id)
    handles = UserGroup.objects.filter(organisation=room.organisation_id).values("handle")
    matching = _match_words(fold_text(q.strip())) & Q(user__is_active=True) & ~Q(user__username__in=handles)
    members = RoomMember.objects.with_user().filter(matching, room=room).exclude(user=user)
    in_room = [member.user for member in members.order_by(*_order_by_rank(q, recent))[:MAX_USERS]]
    found = [_suggest_user(each, is_in_room=True) for each in in_room]
    if len(in_room) < MAX_USERS and not room.is_direct:
        inside = RoomMember.objects.filter(room=room).values("user")
        outside = members_visible_to(own).filter(matching).exclude(user__in=inside).exclude(user=user).with_user()
        rows = outside.order_by(*_order_by_rank(q, []))[: MAX_USERS - len(in_room)]
        found += [_suggest_user(membership.user, is_in_room=False) for membership in rows]
    if own.is_guest or room.is_direct:
        return found
    found += _suggest_groups(user, room, q)
    broadcasts = _suggest_broadcasts(user, room, q.lower(), thread_id)
    # Nobody shall notify all when they mean one: who has typed a letter has a name in mind.
    place = 0 if q.lower() in BROADCASTS else len(found) if q else len(in_room)
    return [*found[:place], *broadcasts, *found[place:]]


def _suggest_user(user: User, *, is_in_room: bool) -> Suggestion:
    return Suggestion("user", user.username, user, is_in_room)


def _suggest_groups(user: User, room: Room, q: str) -> list[Suggestion]:
    """Return groups whose handle or a word of whose name begins with `q`, with how many of them are in the room."""
    folded = fold_text(q.strip())
    words = Q(handle__startswith=folded) | Q(folded_name__startswith=folded) | Q(folded_name__contains=f" {folded}")
    inside = RoomMember.objects.filter(room=room).exclude(user=user).values("user")
    told = Count("members", filter=Q(members__user__in=inside, members__user__is_active=True))
    groups = UserGroup.objects.filter(words, organisation=room.organisation_id).annotate(told=told)
    rows = groups.order_by("folded_name", "pk").values_list("handle", "name", "told")[:MAX_GROUPS]
    return [Suggestion("group", handle, user_count=count, name=name) for handle, name, count in rows]


def _suggest_broadcasts(user: User, room: Room, q: str, thread_id: UUID | None) -> list[Suggestion]:
    """Return the broadcasts one of whose names begins with `q`, with how many users each tells."""
    # Of those that mean the same the first one is offered, or the one that was typed in full.
    handles = {str(BROADCASTS[q]): q} if q in BROADCASTS else {}
    for name, broadcast in BROADCASTS.items():
        if name.startswith(q):
            handles.setdefault(str(broadcast), str(broadcast))
    found = []
    for kind, handle in handles.items():
        reached = list_broadcast_recipients(broadcast=kind, room_id=room.pk, author_id=user.pk, thread_id=thread_id)
        found.append(Suggestion(kind, handle, user_count=reached.count()))
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
