"""Keep messages that are to be sent later, change them, and send them before their time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from chat.attachments.holding import hold_files, list_held_ids
from chat.chosen_times import choose_future_time
from chat.drafts.places import check_place, require_writable
from chat.drafts.services import save_draft
from chat.messages.content import prepare_content
from chat.messages.services.post import Posted
from chat.models import MAX_SCHEDULED, Message, Room, ScheduledMessage, StoredDraft
from chat.models.scheduled import build_client_id
from chat.scheduled import events
from chat.scheduled.jobs import cancel_sending, plan_sending
from chat.scheduled.sending import build_conflict, remove_message, send_message_now
from lib.db.transactions import after_commit
from lib.text.wall_times import ChosenTime
from lib.web.errors import Conflict


def schedule_message(
    *,
    actor: User,
    room_id: UUID,
    content: str,
    send_at: datetime,
    time_zone: str | None = None,
    client_id: str | None = None,
    thread_id: UUID | None = None,
    reply_to: UUID | None = None,
    also_in_room: bool = False,
    asset_ids: Sequence[UUID] = (),
) -> tuple[ScheduledMessage, bool]:
    """Keep a message to be sent at a time; return it loaded `for_reader`, and whether this call kept it.

    A `send_at` without an offset is what the clock shows in `time_zone`, by default the actor's. The text is never run
    as a command, and may be empty beside files. Repeating a `client_id` returns the first one.

    Raise ObjectDoesNotExist for a room that the actor can't see, PermissionDenied for one that they can't write in,
    ValidationError for a text that could not be posted, a time that is not between a minute and a year ahead, and the
    message after `MAX_SCHEDULED`; Conflict when `client_id` was used for another message, or for one that was sent.
    """
    require_writable(actor, room_id)
    has_files = bool(asset_ids)
    text = prepare_content(content, author=actor, room_id=room_id, may_be_empty=has_files).text
    chosen = choose_future_time(send_at, actor=actor, time_zone=time_zone, field="send_at")
    wanted = ScheduledMessage(
        user=actor,
        room_id=room_id,
        thread_id=thread_id,
        reply_to_id=reply_to,
        also_in_room=also_in_room,
        content=text,
        client_id=client_id or build_client_id(),
    )
    wanted.set_time(chosen)
    return _keep_message(wanted, asset_ids)


@transaction.atomic
def _keep_message(wanted: ScheduledMessage, asset_ids: Sequence[UUID]) -> tuple[ScheduledMessage, bool]:
    actor = wanted.user
    assert wanted.room_id is not None  # noqa: S101  scheduled for a room
    check_place(wanted.room_id, wanted.reply_to_id, wanted.thread_id)
    room = Room.objects.only("organisation").get(pk=wanted.room_id)
    # Held, so that two requests don't both keep the last that may be.
    Membership.objects.select_for_update().get(user=actor, organisation=room.organisation_id)
    first = ScheduledMessage.objects.written_by(actor).filter(room=room, client_id=wanted.client_id).first()
    if first is not None:
        _require_same(first, wanted, asset_ids)
        return _load_for(actor, first.pk), False
    if Message.objects.filter(room=room, author=actor, client_id=wanted.client_id).exists():
        raise Conflict(_("This client_id was used before."))
    if ScheduledMessage.objects.written_by(actor).count() >= MAX_SCHEDULED:
        limit = format_lazy(
            _("You can have {count} scheduled messages. Send or delete one first."), count=MAX_SCHEDULED
        )
        raise ValidationError({"send_at": limit})
    wanted.organisation_id = room.organisation_id
    wanted.save(force_insert=True)
    hold_files(wanted, asset_ids, author=actor, room_id=room.pk)
    plan_sending(wanted)
    return _announce_saved(actor, wanted.pk), True


def change_scheduled_message(
    *,
    actor: User,
    scheduled_id: UUID,
    content: str | None = None,
    send_at: datetime | None = None,
    time_zone: str | None = None,
    asset_ids: Sequence[UUID] | None = None,
) -> ScheduledMessage:
    """Change the text, the files or the time of one of the actor's messages; return it loaded `for_reader`.

    With a new time, one that could not be sent waits again. Raise ScheduledMessage.DoesNotExist for any other's,
    ValidationError as `schedule_message` does, Conflict while it is being sent.
    """
    room_id = ScheduledMessage.objects.written_by(actor).values_list("room", flat=True).get(pk=scheduled_id)
    says_else = content is not None or asset_ids is not None
    if says_else and room_id is None:
        raise ValidationError({"content": _("Its room is gone. Copy the text if you need it.")})
    if content is not None:
        content = prepare_content(content, author=actor, room_id=room_id, may_be_empty=True).text
    chosen = None
    if send_at is not None:
        chosen = choose_future_time(send_at, actor=actor, time_zone=time_zone, field="send_at")
    return _store_changes(actor, scheduled_id, content, chosen, asset_ids)


@transaction.atomic
def _store_changes(
    actor: User, scheduled_id: UUID, content: str | None, chosen: ChosenTime | None, asset_ids: Sequence[UUID] | None
) -> ScheduledMessage:
    scheduled = _lock_message(actor, scheduled_id)
    if content is not None:
        scheduled.content = content
    if asset_ids is not None and scheduled.room_id is not None:
        hold_files(scheduled, asset_ids, author=actor, room_id=scheduled.room_id)
    if not scheduled.content and not scheduled.files.exists():
        raise ValidationError({"content": _("There is nothing to send yet.")})
    if chosen is not None:
        scheduled.set_time(chosen)
        scheduled.wait_again()
        plan_sending(scheduled)
    scheduled.save()
    return _announce_saved(actor, scheduled_id)


@transaction.atomic
def delete_scheduled_message(*, actor: User, scheduled_id: UUID) -> None:
    """Delete one of the actor's messages unsent. Raise Conflict while it is being sent."""
    scheduled = _lock_message(actor, scheduled_id)
    cancel_sending(scheduled)
    remove_message(scheduled, is_sent=False)


def send_scheduled_message(*, actor: User, scheduled_id: UUID) -> Posted | None:
    """Send one of the actor's messages at once. Return None where it was refused: its row has the reason.

    Raise ScheduledMessage.DoesNotExist for any other's, Conflict while it is being sent already.
    """
    scheduled = ScheduledMessage.objects.written_by(actor).get(pk=scheduled_id)
    cancel_sending(scheduled)
    return send_message_now(scheduled.pk)


@transaction.atomic
def return_to_composer(*, actor: User, scheduled_id: UUID) -> StoredDraft:
    """Make one of the actor's messages the draft of its room or thread again, above what has been typed there since.

    Raise Conflict while it is being sent, and what `save_draft` raises where they can't write any more.
    """
    scheduled = _lock_message(actor, scheduled_id)
    if scheduled.room_id is None:
        raise Room.DoesNotExist
    typed = StoredDraft.objects.written_by(actor).at(scheduled.room_id, scheduled.thread_id).first()
    held_ids = list_held_ids(scheduled)
    texts = [scheduled.content, typed.content if typed else ""]
    draft = save_draft(
        actor=actor,
        room_id=scheduled.room_id,
        thread_id=scheduled.thread_id,
        content="\n\n".join(filter(None, texts)),
        reply_to=scheduled.reply_to_id or (typed.reply_to_id if typed else None),
        asset_ids=[*held_ids, *(list_held_ids(typed) if typed else ())],
        known_ids=held_ids,
    )
    cancel_sending(scheduled)
    remove_message(scheduled, is_sent=False)
    return draft


def _lock_message(actor: User, scheduled_id: UUID) -> ScheduledMessage:
    """Return one of the actor's messages, locked. Raise Conflict while it is being sent."""
    own = ScheduledMessage.objects.written_by(actor).select_for_update(of=("self",))
    scheduled: ScheduledMessage = own.get(pk=scheduled_id)
    if scheduled.state == ScheduledMessage.State.SENDING:
        raise build_conflict()
    return scheduled


def _require_same(first: ScheduledMessage, wanted: ScheduledMessage, asset_ids: Sequence[UUID]) -> None:
    names = ("content", "thread_id", "reply_to_id", "also_in_room", "send_at")
    has_other_files = list_held_ids(first) != list(dict.fromkeys(asset_ids))
    if has_other_files or any(getattr(first, name) != getattr(wanted, name) for name in names):
        raise Conflict(_("This client_id was used before."))


def _load_for(actor: User, scheduled_id: UUID) -> ScheduledMessage:
    scheduled: ScheduledMessage = ScheduledMessage.objects.for_reader(actor).get(pk=scheduled_id)
    return scheduled


def _announce_saved(actor: User, scheduled_id: UUID) -> ScheduledMessage:
    """Return a message as its author sees it, and tell their sockets of it."""
    saved = _load_for(actor, scheduled_id)
    after_commit(events.scheduled_saved, saved)
    return saved
