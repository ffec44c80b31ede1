"""Keep what a user types and does not send, so that it follows them to another device. Nobody else is told."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User, new_id
from chat.drafts import events
from chat.drafts.places import check_place, require_writable
from chat.models import MAX_CONTENT, Message, Room, StoredDraft
from lib.db.transactions import after_commit


@transaction.atomic
def save_draft(
    *, actor: User, room_id: UUID, content: str, reply_to: UUID | None = None, thread_id: UUID | None = None
) -> StoredDraft:
    """Keep the actor's draft for a room or, with the id of its root, for a thread; the one saved last wins.

    Repeating it changes nothing. Return it loaded `for_reader`. Raise ObjectDoesNotExist for a room that the actor
    can't see, PermissionDenied for one that they can't write in, ValidationError for a draft that is empty, that can't
    be stored as text, or that answers a message of another room.
    """
    require_writable(actor, room_id)
    values = {"content": _check_content(content, has_quote=reply_to is not None), "reply_to_id": reply_to}
    check_place(room_id, reply_to, thread_id)
    draft, created = StoredDraft.objects.select_for_update().get_or_create(
        user=actor, room_id=room_id, thread_id=thread_id, defaults=values
    )
    is_changed = (draft.content, draft.reply_to_id) != (content, reply_to)
    if is_changed:
        draft.content, draft.reply_to_id, draft.saved_id = content, reply_to, new_id()
        draft.save(update_fields=["content", "reply_to", "saved_id", "updated_at"])
    saved: StoredDraft = StoredDraft.objects.for_reader(actor).get(pk=draft.pk)
    if created or is_changed:
        after_commit(events.draft_saved, saved)
    return saved


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
def delete_draft(*, actor: User, room_id: UUID, thread_id: UUID | None = None) -> None:
    """Delete the actor's draft for a room or thread. Where there is none this changes nothing.

    Raise ObjectDoesNotExist where there is neither the draft nor a room or thread that the actor can see.
    """
    if StoredDraft.objects.written_by(actor).at(room_id, thread_id).delete()[0]:
        after_commit(events.draft_deleted, user_id=actor.pk, room_id=room_id, thread_id=thread_id)
        return
    Room.objects.visible_to(actor).only("pk").get(pk=room_id)
    if thread_id is not None:
        Message.objects.only("pk").get(pk=thread_id, room=room_id, thread=None)


def _check_content(content: str, *, has_quote: bool) -> str:
    """Return what was typed, unchanged: it is not cleaned before it is sent."""
    if not content.strip() and not has_quote:
        raise ValidationError({"content": _("Write something first.")})
    if "\x00" in content:
        raise ValidationError({"content": _("A message can't contain the NUL character.")})
    try:
        content.encode()
    except UnicodeEncodeError as error:
        raise ValidationError({"content": _("That is not valid text.")}) from error
    return content
