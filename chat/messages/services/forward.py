"""Forward messages to other rooms and users."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.attachments.snapshots import list_standing
from chat.messages.origins import note_origin
from chat.messages.services.post import Draft, Posted, post_draft, post_message
from chat.messages.tombstones import delete_forwards
from chat.models import Message, Room
from chat.rooms.services.rooms import open_direct_room

# The namespace of the `client_id`s of comments.
COMMENTS = UUID("7d0c4d5e-6a2f-5b57-9d0e-3f8d8f1f3c11")


def forward_message(
    *,
    actor: User,
    message_id: UUID,
    room_id: UUID | None = None,
    user_id: UUID | None = None,
    comment: str = "",
    client_id: str | None = None,
) -> Posted:
    """Post a copy of a message that the actor can see to another room of its organisation, or to a user.

    The copy says who wrote the message, and when. It keeps its words when the message is edited, and is deleted with
    it. A `comment` is posted before it as a message of its own. Repeating a `client_id` returns the first copy.

    Raise Message.DoesNotExist for a hidden or deleted message, ValidationError for a room that the actor can't see or
    of another organisation, PermissionDenied for one that they can't write in.
    """
    messages = Message.objects.visible_to(actor).not_deleted().select_related("author", "room__organisation")
    message = messages.get(pk=message_id)
    if message.type == Message.Type.SYSTEM:
        raise PermissionDenied(_("Only what members have written can be forwarded."))
    if not message.content and not list_standing(message.attachments):
        raise ValidationError(_("There is nothing left in this message to forward."))
    room = _find_room(actor, message, room_id, user_id)
    if comment.strip():
        comment_id = client_id and str(uuid5(COMMENTS, client_id))
        post_message(actor=actor, room_id=room, content=comment, client_id=comment_id)
    origin_id = message.forwarded_from_id if message.is_forwarded else message.pk
    draft = Draft(
        actor,
        room,
        message.content,
        client_id,
        forwarded_from=origin_id,
        forwarded=note_origin(message),
        is_action=message.is_action,
        asset_ids=[UUID(shown["id"]) for shown in list_standing(message.attachments)],
    )
    posted = post_draft(draft)
    # It may have been deleted meanwhile, before there was this copy to delete with it.
    if origin_id and Message.objects.filter(pk=origin_id).exclude(deleted_at=None).exists():
        delete_forwards(origin_id)
    return posted


def _find_room(actor: User, message: Message, room_id: UUID | None, user_id: UUID | None) -> UUID:
    """Return the room to forward to, within the organisation of the message; that with a user is opened."""
    organisation = message.room.organisation
    if user_id is not None and room_id is None:
        return open_direct_room(actor=actor, slug=organisation.slug, user_ids=[user_id])[0].pk
    if room_id is None or user_id is not None:
        raise ValidationError({"room_id": _("Name a room or a user.")})
    if not Room.objects.visible_to(actor).filter(pk=room_id, organisation=organisation).exists():
        raise ValidationError({"room_id": _("There is no such room in this organisation.")})
    return room_id
