"""Posting, editing and deleting: the numbers are handed out here, inside the transaction."""

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

from accounts.errors import Conflict
from accounts.models import User
from accounts.prepared import insert
from chat import events, writer
from chat.markdown import render, usernames_in
from chat.models import MAX_CONTENT, Mention, Message, MessageRevision, Room, RoomMember
from chat.services.rights import writers_of

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


def post_message(
    *, actor: User, room_id: UUID, content: str, client_id: str | None = None, reply_to: UUID | None = None
) -> Posted:
    """Store a message once and announce it after the commit; repeating a `client_id` returns the first one.

    Raises ObjectDoesNotExist for a room one can't see, PermissionDenied for one that one can't write in,
    ValidationError for an empty or over-long text, Conflict when `client_id` was used for another text.
    """
    draft = Draft(actor, room_id, content, client_id, reply_to)
    outcome: Outcome = writer.commit(post_messages, draft)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def post_messages(drafts: Sequence[Draft]) -> list[Outcome]:
    """Store what has gathered in one transaction; each draft has its own outcome, and refusals touch no other.

    When the transaction as a whole fails, each draft is tried by itself.
    """
    texts = [_prepared(draft) for draft in drafts]
    try:
        return _store(drafts, texts)
    except IntegrityError:  # most often a `client_id` came again: the same once more, looking who was first
        with suppress(Exception):
            return _store(drafts, texts, look_back=True)
    except Exception:
        logger.exception("A batch of %d could not be stored", len(drafts))
    return [_stored_alone(draft, text) for draft, text in zip(drafts, texts, strict=True)]


def edit_message(*, actor: User, message_id: UUID, content: str) -> Message:
    """Replace one's own words, keeping the earlier wording as a revision. The same words again change nothing."""
    draft_text = _text(content)
    people = _people(message_id=message_id, content=draft_text)
    html = render(draft_text, people)
    with transaction.atomic():
        message, room = _changeable(actor, message_id)
        if message.author_id != actor.pk:
            raise PermissionDenied("Only its author can change a message.")
        if message.content == draft_text:
            return message
        MessageRevision.objects.create(message=message, content=message.content, html=message.html)
        message.content, message.html = draft_text, html
        message.mentioned_ids = _ids(people)
        message.edited_at = timezone.now()
        _take_version(message, room, ["content", "html", "mentioned_ids", "edited_at"])
        Mention.objects.filter(message=message).exclude(user__in=message.mentioned_ids).delete()
        Mention.objects.bulk_create(_mentions([message]), ignore_conflicts=True)
        events.after_commit(events.message_updated, message)
    return message


def delete_message(*, actor: User, message_id: UUID) -> Message:
    """Leave a tombstone where a message stood. Authors may, and admins of the room."""
    with transaction.atomic():
        message, room = _changeable(actor, message_id)
        if message.author_id != actor.pk and not Room.objects.administered_by(actor).filter(pk=room.pk).exists():
            raise PermissionDenied("Only its author or an admin of the room can delete a message.")
        message.deleted_at = timezone.now()
        _take_version(message, room, ["deleted_at"])
        Mention.objects.filter(message=message).delete()
        events.after_commit(events.message_deleted, message)
    return message


@dataclass(frozen=True, slots=True)
class _Text:
    content: str
    html: str
    mentioned_ids: list[str]


def _prepared(draft: Draft) -> _Text | ValidationError:
    """Checked and rendered before the transaction, which has to be short."""
    try:
        content = _text(draft.content)
    except ValidationError as error:
        return error
    people = _people(room_id=draft.room_id, content=content)
    return _Text(content, render(content, people), _ids(people))


def _text(content: str) -> str:
    content = content.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not content:
        raise ValidationError({"content": "Write something first."})
    if len(content) > MAX_CONTENT:
        raise ValidationError({"content": f"That is {len(content) - MAX_CONTENT} characters too long."})
    if "\x00" in content:
        raise ValidationError({"content": "A message can't contain the NUL character."})
    try:
        content.encode()
    except UnicodeEncodeError as error:
        raise ValidationError({"content": "That is not valid text."}) from error
    return content


def _people(*, content: str, room_id: UUID | None = None, message_id: UUID | None = None) -> dict[str, tuple[str, str]]:
    """Members of the room who are named in the text, by small-lettered username."""
    names = usernames_in(content)
    if not names:
        return {}
    members = (
        RoomMember.objects.filter(room=room_id) if room_id else RoomMember.objects.filter(room__messages=message_id)
    )
    users = User.objects.filter(pk__in=members.values("user"), username__in=names)
    return {user.username: (str(user.pk), user.get_short_name()) for user in users}


def _ids(people: dict[str, tuple[str, str]]) -> list[str]:
    return sorted(user_id for user_id, _ in people.values())


def _stored_alone(draft: Draft, text: _Text | ValidationError) -> Outcome:
    try:
        return _store([draft], [text], look_back=True)[0]
    except Exception as error:
        return error


@transaction.atomic
def _store(
    drafts: Sequence[Draft], texts: Sequence[_Text | ValidationError], *, look_back: bool = False
) -> list[Outcome]:
    """All that may be stored, in one transaction. Without looking back a repeated `client_id` breaks it."""
    rooms = {room.pk: room for room in _locked({draft.room_id for draft in drafts})}
    earlier = _sent_before(drafts) if look_back else {}
    outcomes: list[Outcome] = []
    fresh: list[Message] = []
    for draft, text in zip(drafts, texts, strict=True):
        outcome = _numbered(draft, text, rooms.get(draft.room_id), earlier)
        outcomes.append(outcome)
        if isinstance(outcome, Posted) and outcome.created:
            fresh.append(outcome.message)
    if fresh:
        _save(fresh, rooms)
        events.after_commit(events.messages_created, fresh)
    return outcomes


def _locked(room_ids: set[UUID]) -> QuerySet[Room]:
    """The rooms' rows, held until the commit: messages of one room commit in the order of their numbers."""
    return (
        Room.objects.filter(pk__in=room_ids)
        .select_for_update()
        .only("pk", "last_seq", "version", "access_stamp", "archived_at")
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


def _numbered(draft: Draft, text: _Text | ValidationError, room: Room | None, sent: Sent) -> Outcome:
    """The outcome of one draft: a refusal, the message it repeats, or a new one with the room's next numbers."""
    if room is None or draft.author.pk not in writers_of(room):
        return _refusal(draft)
    if isinstance(text, ValidationError):
        return text
    if draft.client_id and (first := sent.get(_key(draft))):
        return Posted(first, created=False) if _same_words(first, text) else Conflict("This client_id was used before.")
    if draft.reply_to and not Message.objects.filter(pk=draft.reply_to, room=room.pk).exists():
        return ValidationError({"reply_to": "There is no such message in this room."})
    room.last_seq += 1
    room.version += 1
    message = Message(
        room_id=room.pk,
        author=draft.author,
        seq=room.last_seq,
        version=room.version,
        content=text.content,
        html=text.html,
        mentioned_ids=text.mentioned_ids,
        client_id=draft.client_id,
        reply_to_id=draft.reply_to,
        created_at=draft.created_at or timezone.now(),
    )
    if draft.client_id:
        sent[_key(draft)] = message
    return Posted(message, created=True)


def _refusal(draft: Draft) -> Exception:
    if Room.objects.visible_to(draft.author).filter(pk=draft.room_id).exists():
        return PermissionDenied("You can't write in this room.")
    return ObjectDoesNotExist("There is no such room.")


def _same_words(message: Message, text: _Text) -> bool:
    if message.edited_at is None:
        return message.content == text.content
    first = message.revisions.first()
    return first is None or first.content == text.content


def _save(messages: list[Message], rooms: dict[UUID, Room]) -> None:
    """Rows, room numbers, mentions, and the authors' own read marks."""
    insert(messages)
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
    if mentions := _mentions(messages):
        Mention.objects.bulk_create(mentions)


def _mentions(messages: Sequence[Message]) -> list[Mention]:
    return [
        Mention(message=message, user_id=UUID(user_id), room_id=message.room_id, seq=message.seq)
        for message in messages
        for user_id in message.mentioned_ids
    ]


def _changeable(actor: User, message_id: UUID) -> tuple[Message, Room]:
    """A standing message in a room one can write in, with the room's row held."""
    seen = Message.objects.visible_to(actor).get(pk=message_id)
    room = Room.objects.select_for_update().get(pk=seen.room_id)
    message = Message.objects.for_rendering().get(pk=message_id)
    if message.is_deleted:
        raise Message.DoesNotExist("This message was deleted.")
    if actor.pk not in writers_of(room):
        raise PermissionDenied("You can't write in this room.")
    return message, room


def _take_version(message: Message, room: Room, changed: list[str]) -> None:
    room.version += 1
    message.version = room.version
    room.save(update_fields=["version", "updated_at"])
    message.save(update_fields=[*changed, "version", "updated_at"])
