"""Post messages: assign their numbers and store them, one transaction for all drafts of a batch."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.attachments.storing import Assets, choose_type, list_snapshots, lock_assets, require_assets
from chat.messages.content import Content, copy_content, prepare_content
from chat.messages.recipients import Unreached
from chat.messages.replies import OpenThread, load_threads
from chat.messages.services.previews import request_previews
from chat.messages.services.repeats import SentMessages, find_sent, is_repeat
from chat.messages.storing import save_messages
from chat.models import Message, Room
from chat.rooms.permissions import Writers, presumed_writers_of, writers_of
from lib.db import group_commit
from lib.db.prepared import PreparedLookup, build_instance
from lib.db.prepared_rows import build_row
from lib.outages import is_database_there
from lib.text.markdown.document import VERSION as RENDERER_VERSION
from lib.web.errors import Conflict

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be posted. `created_at` is for imports; it defaults to now. A copy has a `note_origin`."""

    author: User
    room_id: UUID
    content: str
    client_id: str | None = None
    reply_to: UUID | None = None
    created_at: datetime | None = None
    thread_id: UUID | None = None
    also_in_room: bool = False
    forwarded_from: UUID | None = None
    forwarded: dict[str, Any] | None = None
    is_action: bool = False
    asset_ids: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class Posted:
    """A stored message, whether this call stored it, and whom it names and does not reach."""

    message: Message
    created: bool
    unreached: Unreached = Unreached()


Outcome = Posted | Exception
# None where the author may not write: nothing was rendered for them.
Prepared = Content | ValidationError | None
PresumedWriters = Mapping[UUID, Writers | None]
Threads = Mapping[UUID, OpenThread]


def post_message(
    *,
    actor: User,
    room_id: UUID,
    content: str,
    client_id: str | None = None,
    reply_to: UUID | None = None,
    thread_id: UUID | None = None,
    also_in_room: bool = False,
    asset_ids: Sequence[UUID] = (),
) -> Posted:
    """Store a message once and announce it after the commit; repeating a `client_id` returns the first one.

    With `thread_id` it is a reply in the thread of that message, and in the room too if `also_in_room`. With
    `asset_ids` it shows these files, in that order, and needs no text.

    Raise ObjectDoesNotExist for a room that the actor can't see, PermissionDenied for one that they can't write in,
    ValidationError for an empty or over-long text and for files that they can't see, Conflict when `client_id` was
    used for another message.
    """
    draft = Draft(actor, room_id, content, client_id, reply_to, None, thread_id, also_in_room, asset_ids=asset_ids)
    return post_draft(draft)


def post_draft(draft: Draft) -> Posted:
    """Store a draft with the next batch, and return or raise its outcome."""
    outcome: Outcome = group_commit.commit_item(post_messages, draft)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def post_messages(drafts: Sequence[Draft]) -> list[Outcome]:
    """Store drafts in one transaction; each has its own outcome, and a refused one affects no other.

    When the transaction as a whole fails, each draft is stored by itself, unless there is no database to store it in.
    """
    authors: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for draft in drafts:
        authors[draft.room_id].add(draft.author.pk)
    writers = {room_id: presumed_writers_of(room_id, user_ids) for room_id, user_ids in authors.items()}
    contents = [_prepare_draft(draft, writers[draft.room_id]) for draft in drafts]
    try:
        return _store_batch(drafts, contents, writers)
    except IntegrityError:  # most often a repeated `client_id`: store again, looking for the first message
        with suppress(Exception):
            return _store_batch(drafts, contents, writers, look_back=True)
    except Exception as error:
        logger.exception("A batch of %d could not be stored", len(drafts))
        if not is_database_there():
            return [error] * len(drafts)
    return [_store_alone(draft, content, writers) for draft, content in zip(drafts, contents, strict=True)]


def _prepare_draft(draft: Draft, writers: Writers | None) -> Prepared:
    """Validate and render a draft, unless its author may not write: rendering occupies the thread of all posts."""
    if writers is None or draft.author.pk not in writers.user_ids:
        return None
    try:
        if draft.asset_ids:
            require_assets(draft.asset_ids, author=draft.author, room_id=draft.room_id)
        if draft.forwarded is not None:
            return copy_content(draft.content, room_id=draft.room_id)
        has_files = bool(draft.asset_ids)
        return prepare_content(draft.content, author=draft.author, room_id=draft.room_id, may_be_empty=has_files)
    except ValidationError as error:
        return error


def _store_alone(draft: Draft, content: Prepared, writers: PresumedWriters) -> Outcome:
    try:
        return _store_batch([draft], [content], writers, look_back=True)[0]
    except Exception as error:
        return error


@transaction.atomic
def _store_batch(
    drafts: Sequence[Draft], contents: Sequence[Prepared], writers: PresumedWriters, *, look_back: bool = False
) -> list[Outcome]:
    """Store all drafts that may be, in one transaction. Without `look_back` a repeated `client_id` breaks it."""
    rooms = {room.pk: room for room in _lock_rooms(list({draft.room_id for draft in drafts}))}
    allowed = {room.pk: _confirm_writers(room, writers[room.pk]) for room in rooms.values()}
    earlier = find_sent(drafts) if look_back else {}
    root_ids = {draft.thread_id for draft in drafts if draft.thread_id}
    threads = load_threads(root_ids) if root_ids else {}
    asset_ids = {asset_id for draft in drafts for asset_id in draft.asset_ids}
    assets = lock_assets(asset_ids) if asset_ids else {}
    outcomes: list[Outcome] = []
    for draft, content in zip(drafts, contents, strict=True):
        if content is None or draft.author.pk not in allowed.get(draft.room_id, ()):
            outcome: Outcome = _build_refusal(draft)
        else:
            outcome = _assign_numbers(draft, content, rooms[draft.room_id], earlier, threads, assets)
        outcomes.append(outcome)
    if created := [each.message for each in outcomes if isinstance(each, Posted) and each.created]:
        save_messages(created, rooms, threads)
        request_previews(created)
    return outcomes


def _lock_rooms(room_ids: list[UUID]) -> list[Room]:
    """Return the rooms, locked until the commit: messages of one room commit in the order of their numbers."""
    return [build_instance(Room, values, _NUMBERS) for values in _numbers_lookup.rows(room_ids)]


def _confirm_writers(room: Room, writers: Writers | None) -> frozenset[UUID]:
    """Return who may write in a room whose row is locked."""
    return (writers if writers is not None and writers.stamp == room.access_stamp else writers_of(room)).user_ids


def _assign_numbers(
    draft: Draft,
    content: Content | ValidationError,
    room: Room,
    sent: SentMessages,
    threads: Threads,
    assets: Assets,
) -> Outcome:
    """Return the outcome of a draft: a refusal, the message it repeats, or a new one with the room's next numbers."""
    if isinstance(content, ValidationError):
        return content
    key = (draft.room_id, draft.author.pk, draft.client_id or "")
    if draft.client_id and (first := sent.get(key)):
        if not is_repeat(first, draft, content):
            return Conflict(_("This client_id was used before."))
        return Posted(first, created=False, unreached=content.unreached)
    if draft.reply_to and not Message.objects.filter(pk=draft.reply_to, room=room.pk).exists():
        return ValidationError({"reply_to": _("There is no such message in this room.")})
    thread = threads.get(draft.thread_id) if draft.thread_id else None
    if draft.thread_id and (thread is None or thread.root.room_id != room.pk):
        return ValidationError({"thread_id": _("There is no such thread in this room.")})
    attachments = list_snapshots(draft.asset_ids, assets) if draft.asset_ids else None
    if isinstance(attachments, ValidationError):
        return attachments
    room.version += 1
    message = build_row(
        Message,
        room_id=room.pk,
        author_id=draft.author.pk,
        version=room.version,
        content=content.text,
        html=content.html,
        html_version=RENDERER_VERSION,
        mentioned_ids=content.mentioned_ids,
        broadcast=content.broadcast,
        client_id=draft.client_id,
        reply_to_id=draft.reply_to,
        forwarded_from_id=draft.forwarded_from,
        forwarded=draft.forwarded,
        is_action=draft.is_action,
        attachments=attachments,
        type=choose_type(attachments),
        created_at=draft.created_at or timezone.now(),
    )
    Message._meta.get_field("author").set_cached_value(message, draft.author)
    if thread is not None:
        thread.add_reply(message)
    if thread is None or draft.also_in_room:
        room.last_seq += 1
        message.seq = room.last_seq
    if draft.client_id:
        sent[key] = message
    return Posted(message, created=True, unreached=content.unreached)


def _build_refusal(draft: Draft) -> Exception:
    if Room.objects.visible_to(draft.author).filter(pk=draft.room_id).exists():
        return PermissionDenied(_("You can't write in this room."))
    return ObjectDoesNotExist(_("There is no such room."))


_NUMBERS = ("id", "organisation_id", "kind", "last_seq", "version", "access_stamp", "last_message_at")
# With every batch of messages. Measured with one room: 0.02 ms, 0.5 ms by the queryset.
_numbers_lookup = PreparedLookup(
    lambda ids: Room.objects.filter(pk__in=ids).select_for_update().order_by("pk").values_list(*_NUMBERS)
)
