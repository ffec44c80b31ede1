"""Keep what a user types and does not send, so that it follows them to another device. Nobody else is told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, new_id
from chat.attachments.holding import hold_files
from chat.drafts import events
from chat.drafts.places import check_place, require_writable
from chat.models import MAX_CONTENT, HeldFile, Message, Room, StoredDraft
from lib.db.transactions import after_commit

# Moments are shown without what is below.
MILLISECOND = timedelta(milliseconds=1)


@transaction.atomic
def save_draft(
    *,
    actor: User,
    room_id: UUID,
    content: str,
    reply_to: UUID | None = None,
    thread_id: UUID | None = None,
    asset_ids: Sequence[UUID] | None = None,
    seen_asset_ids: Collection[UUID] | None = None,
    known_ids: Collection[UUID] = (),
) -> StoredDraft:
    """Keep the actor's draft for a room or, with the id of its root, for a thread; the one saved last wins.

    Without `asset_ids` its files stay; with `seen_asset_ids`, those that it had when the actor last looked, what other
    devices have added or removed since stays so. `known_ids` are files that may be gone by now. Repeating it changes
    nothing.

    Return it loaded `for_reader`. Raise ObjectDoesNotExist for a room that the actor can't see, PermissionDenied
    for one that they can't write in, ValidationError for a draft that is empty, that can't be stored as text, that
    answers a message of another room, or whose files they can't post there.
    """
    require_writable(actor, room_id)
    values = {"content": _check_content(content), "reply_to_id": reply_to}
    check_place(room_id, reply_to, thread_id)
    draft, created = StoredDraft.objects.select_for_update().get_or_create(
        user=actor, room_id=room_id, thread_id=thread_id, defaults=values
    )
    has_other_files = asset_ids is not None and hold_files(
        draft, asset_ids, author=actor, room_id=room_id, seen=seen_asset_ids, known=known_ids
    )
    if not content.strip() and reply_to is None and not draft.files.exists():
        raise ValidationError({"content": _("Write something first.")})
    is_changed = has_other_files or (draft.content, draft.reply_to_id) != (content, reply_to)
    if is_changed:
        draft.content, draft.reply_to_id, draft.saved_id = content, reply_to, new_id()
        draft.save(update_fields=["content", "reply_to", "saved_id", "updated_at"])
    saved: StoredDraft = StoredDraft.objects.for_reader(actor).get(pk=draft.pk)
    if created or is_changed:
        after_commit(events.draft_saved, saved)
    return saved


def show_changed_files(holding: Q) -> None:
    """Tell their authors of the drafts that hold some files which look different by now; in a transaction."""
    held = HeldFile.objects.filter(holding).values("draft")
    for draft in StoredDraft.objects.filter(pk__in=held).select_related("user"):
        after_commit(events.draft_saved, StoredDraft.objects.for_reader(draft.user).get(pk=draft.pk))


@transaction.atomic
def append_to_draft(*, actor: User, room_id: UUID, content: str) -> StoredDraft:
    """Add a text to the actor's draft for a room, on a line of its own; what stands there stays. As `save_draft`."""
    drafts = StoredDraft.objects.select_for_update(of=("self",)).written_by(actor)
    former = drafts.filter(room=room_id, thread=None).first()
    if former is not None and former.content:
        content = f"{former.content.rstrip()}\n\n{content}"
    reply_to = former.reply_to_id if former is not None else None
    return save_draft(actor=actor, room_id=room_id, content=content[:MAX_CONTENT], reply_to=reply_to)


@transaction.atomic
def delete_draft(
    *, actor: User, room_id: UUID, thread_id: UUID | None = None, saved_until: datetime | None = None
) -> None:
    """Delete the actor's draft for a room or thread. Where there is none this changes nothing.

    One that was saved after `saved_until`, in whole milliseconds, stays: the caller doesn't know it. Raise
    ObjectDoesNotExist where there is neither the draft nor a room or thread that the actor can see.
    """
    drafts = StoredDraft.objects.written_by(actor).at(room_id, thread_id)
    if saved_until is not None:
        drafts = drafts.filter(updated_at__lt=min(saved_until, timezone.now()) + MILLISECOND)
    draft = drafts.first()
    # Somebody else's request may have deleted it since.
    if draft is not None and draft.delete()[0]:
        after_commit(events.draft_deleted, draft)
        return
    Room.objects.visible_to(actor).only("pk").get(pk=room_id)
    if thread_id is not None:
        Message.objects.only("pk").get(pk=thread_id, room=room_id, thread=None)


def _check_content(content: str) -> str:
    """Return what was typed, unchanged: it is not cleaned before it is sent."""
    if "\x00" in content:
        raise ValidationError({"content": _("A message can't contain the NUL character.")})
    try:
        content.encode()
    except UnicodeEncodeError as error:
        raise ValidationError({"content": _("That is not valid text.")}) from error
    return content
