"""Remind a user of messages and of notes. Nobody else is told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from chat.chosen_times import choose_future_time
from chat.models import MAX_NOTE, MAX_REMINDERS, Message, Reminder, Room
from chat.reminders import events
from chat.reminders.jobs import cancel_telling, plan_telling
from chat.reminders.telling import KIND
from lib.db.transactions import after_commit
from lib.text.wall_times import ChosenTime
from notifications.inbox.services import mark_subject_read


@transaction.atomic
def remind_of_message(
    *, actor: User, message_id: UUID, remind_at: datetime, time_zone: str | None = None, note: str = ""
) -> Reminder:
    """Remind the actor of a message at a time, instead of an earlier one; return the reminder loaded `for_reader`.

    A `remind_at` without an offset is what the clock shows in `time_zone`, by default the actor's. Raise
    Message.DoesNotExist for a message that they can't see, ValidationError for a time that is not between a minute and
    a year ahead, and for the reminder after `MAX_REMINDERS`.
    """
    shown = Message.objects.visible_to(actor).not_deleted().select_related("room")
    message = shown.get(pk=message_id)
    chosen = choose_future_time(remind_at, actor=actor, time_zone=time_zone, field="remind_at")
    _hold_membership(actor, message.room.organisation_id)
    reminder = Reminder.objects.made_by(actor).filter(message=message).first()
    if reminder is None:
        _require_room_for_one(actor)
        room = message.room
        reminder = Reminder(
            user=actor, organisation_id=room.organisation_id, room=room, message=message, is_of_message=True
        )
    reminder.note = _check_note(note, is_needed=False)
    return _store_reminder(reminder, chosen)


@transaction.atomic
def remind_of_note(
    *,
    actor: User,
    slug: str,
    note: str,
    remind_at: datetime,
    time_zone: str | None = None,
    room_id: UUID | None = None,
) -> Reminder:
    """Remind the actor of what they have noted, which leads to a room; return the reminder loaded `for_reader`.

    Without a room there has to be a note. Raise ObjectDoesNotExist for an organisation or a room that the actor can't
    see, ValidationError for a note that is too long, and as `remind_of_message` does.
    """
    own = Membership.objects.select_for_update(of=("self",)).get(user=actor, organisation__slug=slug)
    room = None
    if room_id is not None:
        room = Room.objects.visible_to(actor).get(pk=room_id, organisation=own.organisation_id)
    note = _check_note(note, is_needed=room is None)
    chosen = choose_future_time(remind_at, actor=actor, time_zone=time_zone, field="remind_at")
    _require_room_for_one(actor)
    return _store_reminder(Reminder(user=actor, organisation_id=own.organisation_id, room=room, note=note), chosen)


@transaction.atomic
def change_reminder(
    *,
    actor: User,
    reminder_id: UUID,
    remind_at: datetime | None = None,
    time_zone: str | None = None,
    note: str | None = None,
) -> Reminder:
    """Move one of the actor's reminders to another time, or change its note; return it loaded `for_reader`.

    Raise Reminder.DoesNotExist for any other's, ValidationError as `remind_of_note` does.
    """
    reminder = Reminder.objects.made_by(actor).select_for_update(of=("self",)).get(pk=reminder_id)
    if note is not None:
        reminder.note = _check_note(note, is_needed=not reminder.is_of_message and reminder.room_id is None)
    chosen = None
    if remind_at is not None:
        chosen = choose_future_time(remind_at, actor=actor, time_zone=time_zone, field="remind_at")
    return _store_reminder(reminder, chosen)


@transaction.atomic
def finish_reminder(*, actor: User, reminder_id: UUID) -> None:
    """Delete one of the actor's reminders, which they are done with. Raise Reminder.DoesNotExist for any other's."""
    _delete_reminder(Reminder.objects.made_by(actor).select_for_update(of=("self",)).get(pk=reminder_id))


@transaction.atomic
def remove_message_reminder(*, actor: User, message_id: UUID) -> None:
    """Delete the actor's reminder of a message. Where there is none this changes nothing.

    Raise Message.DoesNotExist where there is neither the reminder nor a message that the actor can see.
    """
    reminder = Reminder.objects.made_by(actor).select_for_update(of=("self",)).filter(message=message_id).first()
    if reminder is None:
        Message.objects.visible_to(actor).only("pk").get(pk=message_id)
        return
    _delete_reminder(reminder)


def _delete_reminder(reminder: Reminder) -> None:
    """Delete a reminder that is locked: its row is held before its job's, as where it is moved."""
    cancel_telling(reminder)
    mark_subject_read(user_id=reminder.user_id, subject=reminder.pk, kind=KIND)
    after_commit(events.reminder_deleted, user_id=reminder.user_id, reminder_id=reminder.pk)
    reminder.delete()


def _store_reminder(reminder: Reminder, chosen: ChosenTime | None) -> Reminder:
    """Store a reminder and plan its telling; return it as its user sees it, and tell their sockets."""
    if chosen is not None:
        reminder.set_time(chosen)
    reminder.save()
    if chosen is not None:
        mark_subject_read(user_id=reminder.user_id, subject=reminder.pk, kind=KIND)
        plan_telling(reminder)
    saved: Reminder = Reminder.objects.for_reader(reminder.user).get(pk=reminder.pk)
    after_commit(events.reminder_saved, saved)
    return saved


def _hold_membership(actor: User, organisation_id: UUID) -> None:
    """Lock the actor's membership, so that two requests don't both make the last reminder that may be."""
    Membership.objects.select_for_update(of=("self",)).get(user=actor, organisation=organisation_id)


def _require_room_for_one(actor: User) -> None:
    if Reminder.objects.made_by(actor).count() >= MAX_REMINDERS:
        limit = format_lazy(_("You can have {count} reminders. Finish one first."), count=MAX_REMINDERS)
        raise ValidationError({"remind_at": limit})


def _check_note(note: str, *, is_needed: bool) -> str:
    note = " ".join(note.split())
    if is_needed and not note:
        raise ValidationError({"note": _("Say what you want to be reminded of.")})
    if len(note) > MAX_NOTE:
        raise ValidationError({"note": format_lazy(_("A note holds up to {count} characters."), count=MAX_NOTE)})
    if "\x00" in note:
        raise ValidationError({"note": _("That is not valid text.")})
    try:
        note.encode()
    except UnicodeEncodeError as error:
        raise ValidationError({"note": _("That is not valid text.")}) from error
    return note
