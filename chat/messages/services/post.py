"""Posting: the numbers are handed out here, inside the transaction."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.messages import events
from chat.messages.content import Wording, mentions_of, worded
from chat.models import Mention, Message, Room, RoomMember
from chat.rooms.permissions import writers_of
from lib.db import group_commit
from lib.db.prepared import PreparedQuery, insert_rows
from lib.db.transactions import after_commit
from lib.web.errors import Conflict

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """A message somebody wants to post. `created_at` is for imports; the clock decides otherwise."""

    author: User
    room_id: UUID
    content: str
    client_id: str | None = None
    reply_to: UUID | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A stored message, and whether this call stored it."""

    message: Message
    created: bool


Outcome = Posted | Exception
# None for whom nothing was rendered: they may not write.
Worded = Wording | ValidationError | None


def post_message(
    *, actor: User, room_id: UUID, content: str, client_id: str | None = None, reply_to: UUID | None = None
) -> Posted:
    """Store a message once and announce it after the commit; repeating a `client_id` returns the first one.

    Raises ObjectDoesNotExist for a room one can't see, PermissionDenied for one that one can't write in,
    ValidationError for an empty or over-long text, Conflict when `client_id` was used for another text or reply.
    """
    draft = Draft(actor, room_id, content, client_id, reply_to)
    outcome: Outcome = group_commit.commit_item(post_messages, draft)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def post_messages(drafts: Sequence[Draft]) -> list[Outcome]:
    """Store what has gathered in one transaction; each draft has its own outcome, and refusals touch no other.

    When the transaction as a whole fails, each draft is tried by itself.
    """
    writers = _writers({draft.room_id for draft in drafts})
    wordings = [_worded(draft) if draft.author.pk in writers[draft.room_id] else None for draft in drafts]
    try:
        return _store(drafts, wordings)
    except IntegrityError:  # most often a `client_id` came again: the same once more, looking who was first
        with suppress(Exception):
            return _store(drafts, wordings, look_back=True)
    except Exception:
        logger.exception("A batch of %d could not be stored", len(drafts))
    return [_stored_alone(draft, wording) for draft, wording in zip(drafts, wordings, strict=True)]


def _writers(room_ids: set[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Who may write: asked before anything is rendered for somebody, since this thread is everybody's."""
    stamps = {room_id: _stamp.first(room_id=room_id) for room_id in room_ids}
    return {
        room_id: writers_of(Room(pk=room_id, access_stamp=row[0])) if row else frozenset()
        for room_id, row in stamps.items()
    }


_stamp = PreparedQuery(
    lambda room_id: Room.objects.filter(pk=room_id).values_list("access_stamp"),
    room_id=UUID,
)


def _worded(draft: Draft) -> Worded:
    try:
        return worded(draft.content, room_id=draft.room_id)
    except ValidationError as error:
        return error


def _stored_alone(draft: Draft, wording: Worded) -> Outcome:
    try:
        return _store([draft], [wording], look_back=True)[0]
    except Exception as error:
        return error


@transaction.atomic
def _store(drafts: Sequence[Draft], wordings: Sequence[Worded], *, look_back: bool = False) -> list[Outcome]:
    """All that may be stored, in one transaction. Without looking back a repeated `client_id` breaks it."""
    rooms = {room.pk: room for room in _locked({draft.room_id for draft in drafts})}
    earlier = _sent_before(drafts) if look_back else {}
    outcomes: list[Outcome] = []
    fresh: list[Message] = []
    for draft, wording in zip(drafts, wordings, strict=True):
        outcome = _numbered(draft, wording, rooms.get(draft.room_id), earlier)
        outcomes.append(outcome)
        if isinstance(outcome, Posted) and outcome.created:
            fresh.append(outcome.message)
    if fresh:
        _save(fresh, rooms)
        after_commit(events.messages_created, fresh)
    return outcomes


def _locked(room_ids: set[UUID]) -> QuerySet[Room]:
    """The rooms' rows, held until the commit: messages of one room commit in the order of their numbers."""
    return (
        Room.objects.filter(pk__in=room_ids)
        .select_for_update()
        .only("pk", "last_seq", "version", "access_stamp")
        .order_by("pk")
    )


Sent = dict[tuple[UUID, UUID, str], Message]


def _sent_before(drafts: Sequence[Draft]) -> Sent:
    """Messages that these `client_id`s stand for already. With the rooms' rows held nobody can add one meanwhile."""
    found = Message.objects.filter(
        room__in={draft.room_id for draft in drafts},
        author__in={draft.author.pk for draft in drafts},
        client_id__in={draft.client_id for draft in drafts if draft.client_id},
    ).for_rendering()
    return {(message.room_id, message.author_id, message.client_id or ""): message for message in found}


def _key(draft: Draft) -> tuple[UUID, UUID, str]:
    return draft.room_id, draft.author.pk, draft.client_id or ""


def _numbered(draft: Draft, wording: Worded, room: Room | None, sent: Sent) -> Outcome:
    """The outcome of one draft: a refusal, the message it repeats, or a new one with the room's next numbers."""
    if room is None or wording is None or draft.author.pk not in writers_of(room):
        return _refusal(draft)
    if isinstance(wording, ValidationError):
        return wording
    if draft.client_id and (first := sent.get(_key(draft))):
        same = first.reply_to_id == draft.reply_to and _same_words(first, wording)
        return Posted(first, created=False) if same else Conflict(_("This client_id was used before."))
    if draft.reply_to and not Message.objects.filter(pk=draft.reply_to, room=room.pk).exists():
        return ValidationError({"reply_to": _("There is no such message in this room.")})
    room.last_seq += 1
    room.version += 1
    message = Message(
        room_id=room.pk,
        author=draft.author,
        seq=room.last_seq,
        version=room.version,
        content=wording.content,
        html=wording.html,
        mentioned_ids=wording.mentioned_ids,
        client_id=draft.client_id,
        reply_to_id=draft.reply_to,
        created_at=draft.created_at or timezone.now(),
    )
    if draft.client_id:
        sent[_key(draft)] = message
    return Posted(message, created=True)


def _refusal(draft: Draft) -> Exception:
    if Room.objects.visible_to(draft.author).filter(pk=draft.room_id).exists():
        return PermissionDenied(_("You can't write in this room."))
    return ObjectDoesNotExist(_("There is no such room."))


def _same_words(message: Message, wording: Wording) -> bool:
    if message.edited_at is None:
        return message.content == wording.content
    first = message.revisions.first()
    return first is None or first.content == wording.content


def _save(messages: list[Message], rooms: dict[UUID, Room]) -> None:
    """Rows, room numbers, mentions, and the authors' own read marks."""
    insert_rows(messages)
    marks: dict[tuple[UUID, UUID], int] = {}
    latest: dict[UUID, Message] = {}
    for message in messages:
        marks[message.room_id, message.author_id] = message.seq
        latest[message.room_id] = message
    for room_id, message in latest.items():
        room = rooms[room_id]
        Room.objects.filter(pk=room_id).update(
            last_seq=room.last_seq, version=room.version, last_message_at=message.created_at
        )
    RoomMember.objects.move_marks(marks)
    if mentions := mentions_of(messages):
        Mention.objects.bulk_create(mentions)
