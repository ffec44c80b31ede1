"""Edit and delete messages."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.attachments.snapshots import list_standing
from chat.messages import events, jobs
from chat.messages.content import Content, prepare_content
from chat.messages.counts import announce_counts
from chat.messages.locking import bump_version, lock_message, require_present, require_writer
from chat.messages.quotes import invalidate_quotes_of
from chat.messages.recipients import (
    build_mentions,
    find_recipients,
    find_told_by_number,
    number_broadcast,
    read_recipients,
)
from chat.messages.services.previews import drop_previews, request_previews
from chat.messages.tombstones import make_tombstone
from chat.messages.windows import require_deletable, require_open_edit_window
from chat.models import Mention, Message, MessageRevision, Room
from chat.notifying.services import notify_of_edit
from chat.rooms.permissions import presumed_writers_of
from chat.search_index import replace_in_index
from lib.db.transactions import after_commit
from lib.text.markdown.document import VERSION as RENDERER_VERSION
from lib.web.errors import Conflict


def edit_message(
    *, actor: User, message_id: UUID, content: str, replaced: str | None = None, is_tick: bool = False
) -> Message:
    """Replace the content of the actor's own message, and keep the earlier one as a revision.

    The same content changes nothing. A tick of a task does not make the message an edited one. Raise PermissionDenied
    for a message of another author, whatever the content, TooLate for one that is older than the organisation lets
    messages be edited, and Conflict where its content is no longer `replaced`, if that is given.
    """
    shown = _require_editable_message(actor, message_id)
    has_files = bool(list_standing(shown.attachments))
    prepared = prepare_content(content, author=actor, room_id=shown.room_id, may_be_empty=has_files)
    with transaction.atomic():
        message, room = lock_message(actor, message_id)
        if not prepared.text and not list_standing(message.attachments):
            raise Conflict(_("This message was changed meanwhile. Try again."), "message_changed")
        if message.content == prepared.text:
            return message
        if replaced not in (None, message.content):
            raise Conflict(_("This message was changed meanwhile. Try again."), "message_changed")
        if not is_tick:
            _keep_revision(message)
        replaced_content = message.content
        message.content, message.html, message.html_version = prepared.text, prepared.html, RENDERER_VERSION
        before, now = _replace_recipients(message, prepared)
        drop_previews(message)
        bump_version(message, room, _EDITED)
        invalidate_quotes_of(message)
        replace_in_index(message)
        notify_of_edit(message, room, replaced=replaced_content, before=before, now=now)
        after_commit(events.message_updated, message)
        request_previews([message])
        announce_counts(room, message, before.keys() ^ now.keys())
    return message


def delete_message(*, actor: User, message_id: UUID) -> Message:
    """Turn a message into a tombstone: text, reactions, previews, pin and bookmarks go.

    Its author may, for as long as the organisation lets them, and admins of the room may always.
    """
    with transaction.atomic():
        message, room = lock_message(actor, message_id)
        require_deletable(actor, message, room)
        _delete_everywhere(message, room)
    return message


def delete_message_as_administrator(*, actor: User, message_id: UUID) -> bool:
    """Delete a message of an organisation that the actor administers, whether or not they see its room.

    Return whether there was one that was not deleted already.
    """
    with transaction.atomic():
        messages = Message.objects.administered_by(actor).filter(pk=message_id)
        room = Room.objects.select_for_update().filter(pk__in=messages.values("room")).first()
        message = messages.not_deleted().for_rendering().first()
        if room is None or message is None:
            return False
        _delete_everywhere(message, room)
    return True


def _delete_everywhere(message: Message, room: Room) -> None:
    """Delete a message of a locked room, and by a job the copies in the rooms to which it was forwarded."""
    make_tombstone(message, room)
    if Message.objects.not_deleted().filter(forwarded_from=message).exists():
        jobs.delete_forwards.enqueue(message_id=str(message.pk))


def _keep_revision(message: Message) -> None:
    """Store what a message says until now, and mark it as edited."""
    MessageRevision.objects.create(
        message=message, content=message.content, html=message.html, html_version=message.html_version
    )
    message.edited_at = timezone.now()


_EDITED = ["content", "html", "html_version", "mentioned_ids", "broadcast", "broadcast_seq", "previews", "edited_at"]


Told = Mapping[UUID, bool]


def _replace_recipients(message: Message, content: Content) -> tuple[Told, Told]:
    """Let a message tell the users that its new content names. Return those told before and now, by broadcast or not.

    The caller saves the message. Members that a broadcast tells are told as before where it stays.
    """
    to_all, rows = find_told_by_number(message), read_recipients(message)
    keeps = message.broadcast == content.broadcast
    message.mentioned_ids, message.broadcast = content.mentioned_ids, content.broadcast
    if not keeps:
        number_broadcast(message)
    reached = [user_id for user_id, is_broadcast in rows.items() if is_broadcast] if keeps else None
    new_rows = find_recipients(message, reached=reached)
    _replace_mentions(message, rows, new_rows)
    return to_all | rows, find_told_by_number(message) | new_rows


def _replace_mentions(message: Message, before: Told, now: Told) -> None:
    """Store which rows tell of a message now."""
    gone = before.keys() - now.keys()
    if gone:
        Mention.objects.filter(message=message, user__in=gone).delete()
    changed = dict(now.items() - before.items())
    Mention.objects.bulk_create(
        build_mentions(message, changed),
        update_conflicts=True,
        update_fields=["is_broadcast"],
        unique_fields=["message", "user"],
    )


def _require_editable_message(actor: User, message_id: UUID) -> Message:
    """Return a message that the actor may edit, so that nothing is rendered for any other user.

    Raise as `lock_message` does, PermissionDenied for a message of another author, which never changes, and TooLate.
    """
    messages = Message.objects.visible_to(actor).annotate(edit_window=F("room__organisation__edit_window"))
    message = messages.only("room_id", "author_id", "created_at", "deleted_at", "forwarded", "attachments", "type").get(
        pk=message_id
    )
    require_present(message)
    writers = presumed_writers_of(message.room_id, {actor.pk})
    require_writer(actor, writers.user_ids if writers else frozenset())
    if message.author_id != actor.pk:
        raise PermissionDenied(_("Only its author can change a message."))
    if message.type == Message.Type.SYSTEM:
        raise PermissionDenied(_("Only what members have written can be edited."))
    if message.forwarded is not None:
        raise PermissionDenied(_("These are the words of another: a forwarded message can’t be edited."))
    require_open_edit_window(message, message.edit_window)
    return message
