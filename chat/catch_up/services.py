"""Move all read marks of a user in an organisation at once, and back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from accounts.models import Organisation, User
from accounts.permissions import require_membership
from chat.catch_up.schemas import MovedMarks, RoomMark, ThreadMark
from chat.messages import events
from chat.messages.queries.thread_states import list_thread_states
from chat.models import RoomMember, ThreadFollow
from chat.models.counting import IS_UNREAD, UNREAD
from chat.models.rooms import RoomMemberQuerySet
from chat.models.threads import ThreadFollowQuerySet
from chat.unread import unread_mentions
from lib.db.prepared_rows import update_rows
from lib.db.transactions import after_commit


@transaction.atomic
def mark_all_read(*, actor: User, slug: str) -> MovedMarks:
    """Mark all rooms of an organisation that the actor is in, and all threads they follow there, as read.

    Return what was moved, for `undo_mark_all_read`. Archived rooms are left alone. Six queries and two statements,
    however many rooms. Raise Membership.DoesNotExist for an organisation that the actor is not a member of.
    """
    organisation = require_membership(actor, slug).organisation
    rooms = _own_rooms(actor, organisation).filter(IS_UNREAD).values_list("room", "last_read_seq", "room__last_seq")
    threads = _own_threads(actor, organisation).unread().values_list("thread", "last_read_seq", "thread__last_seq")
    moved = MovedMarks.model_construct(
        rooms=[RoomMark.model_construct(room_id=room, before=mark, after=last) for room, mark, last in rooms],
        threads=[ThreadMark.model_construct(root_id=root, before=mark, after=last) for root, mark, last in threads],
    )
    _move_marks(
        actor,
        rooms=[(mark.after, mark.room_id, actor.pk, mark.before) for mark in moved.rooms],
        threads=[(mark.after, mark.root_id, actor.pk, mark.before) for mark in moved.threads],
    )
    return moved


@transaction.atomic
def undo_mark_all_read(*, actor: User, slug: str, moved: MovedMarks) -> MovedMarks:
    """Move the read marks that `mark_all_read` has moved back to exactly where they were; return those.

    A mark that was moved since stays, so that repeating it changes nothing; so does one in a room that the actor has
    left. Raise Membership.DoesNotExist for an organisation that the actor is not a member of.
    """
    organisation = require_membership(actor, slug).organisation
    room_ids = {mark.room_id for mark in moved.rooms}
    root_ids = {mark.root_id for mark in moved.threads}
    rooms = dict(_own_rooms(actor, organisation).filter(room__in=room_ids).values_list("room", "last_read_seq"))
    threads = dict(_own_threads(actor, organisation).filter(thread__in=root_ids).values_list("thread", "last_read_seq"))
    restored = MovedMarks.model_construct(
        rooms=[mark for mark in moved.rooms if rooms.get(mark.room_id) == mark.after > mark.before],
        threads=[mark for mark in moved.threads if threads.get(mark.root_id) == mark.after > mark.before],
    )
    _move_marks(
        actor,
        rooms=[(mark.before, mark.room_id, actor.pk, mark.after) for mark in restored.rooms],
        threads=[(mark.before, mark.root_id, actor.pk, mark.after) for mark in restored.threads],
    )
    return restored


Move = tuple[int, UUID, UUID, int]


def _move_marks(actor: User, *, rooms: Sequence[Move], threads: Sequence[Move]) -> None:
    """Set marks that are still where they were, and tell the actor's own sockets."""
    if rooms:
        update_rows(RoomMember, ("last_read_seq",), by=("room_id", "user_id", "last_read_seq"), rows=rooms)
        _announce_rooms(actor, [room_id for _to, room_id, _user, _from in rooms])
    if threads:
        update_rows(ThreadFollow, ("last_read_seq",), by=("thread_id", "user_id", "last_read_seq"), rows=threads)
        states = list_thread_states([root_id for _to, root_id, _user, _from in threads], [actor.pk])
        after_commit(events.threads_changed, states)


def _announce_rooms(actor: User, room_ids: Collection[UUID]) -> None:
    mentions = unread_mentions(actor)
    members = RoomMember.objects.filter(user=actor, room__in=room_ids).annotate(unread=UNREAD)
    states = [
        events.ReadMark(room_id, seq, unread, mentions.get(room_id, 0))
        for room_id, seq, unread in members.values_list("room", "last_read_seq", "unread")
    ]
    after_commit(events.marks_moved, actor.pk, states)


def _own_rooms(actor: User, organisation: Organisation) -> RoomMemberQuerySet:
    rooms: RoomMemberQuerySet = (
        RoomMember.objects.not_archived().filter(user=actor, room__organisation=organisation).order_by("room")
    )
    return rooms


def _own_threads(actor: User, organisation: Organisation) -> ThreadFollowQuerySet:
    follows: ThreadFollowQuerySet = ThreadFollow.objects.current_of(actor).within(organisation.pk).order_by("thread")
    return follows
