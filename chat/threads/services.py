"""Follow threads, and move read marks in them."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.messages import events
from chat.messages.queries.thread_states import ThreadState, list_thread_states
from chat.models import Message, Room, Thread, ThreadFollow
from lib.db.transactions import after_commit
from notifications.inbox.marking import ReadMark, mark_places_read


@transaction.atomic
def follow_thread(*, actor: User, root_id: UUID) -> ThreadState:
    """Let the actor follow a thread of a room that they are in; what is there already counts as read.

    Where they follow it this changes nothing. Raise ObjectDoesNotExist for a message without replies that they can
    see, PermissionDenied where they are not in its room.
    """
    thread = _find_thread(actor, root_id)
    if not Room.objects.joined_by(actor).filter(pk=thread.room_id).exists():
        raise PermissionDenied(_("Join the room to follow its threads."))
    mark = {"last_read_seq": thread.last_seq}
    created = ThreadFollow.objects.get_or_create(thread=thread, user=actor, defaults=mark)[1]
    [state] = list_thread_states([root_id], [actor.pk])
    if created:
        after_commit(events.threads_changed, [state])
    return state


@transaction.atomic
def unfollow_thread(*, actor: User, root_id: UUID) -> None:
    """Let the actor no longer follow a thread. To write in it, or to be named in it, makes them follow it again."""
    thread = _find_thread(actor, root_id)
    if ThreadFollow.objects.filter(thread=thread, user=actor).delete()[0]:
        after_commit(events.thread_unfollowed, user_id=actor.pk, room_id=thread.room_id, thread_id=root_id)


@transaction.atomic
def mark_thread_read(*, actor: User, root_id: UUID, seq: int) -> ThreadState | None:
    """Move the actor's read mark in a thread to `seq`, back as well as forth, but never past the last reply.

    Return None, and change nothing, where they don't follow it.
    """
    thread = _find_thread(actor, root_id)
    mark = min(seq, thread.last_seq)
    follows = ThreadFollow.objects.filter(thread=thread, user=actor)
    moved = follows.exclude(last_read_seq=mark).update(last_read_seq=mark)
    mark_places_read([ReadMark(actor.pk, thread.room_id, mark, root_id)])
    states = list_thread_states([root_id], [actor.pk])
    if moved and states:
        after_commit(events.threads_changed, states)
    return states[0] if states else None


def _find_thread(actor: User, root_id: UUID) -> Thread:
    return Thread.objects.get(pk=root_id, root__in=Message.objects.visible_to(actor))
