"""The command that reminds the caller: /remind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chat.chosen_times import find_own_zone
from chat.commands.markdown import escape_markdown
from chat.commands.registry import Call, Command, Outcome
from chat.models import Reminder
from chat.reminders.phrases import Phrase, read_phrase
from chat.reminders.services import remind_of_message, remind_of_note
from chat.rooms.queries.room_head import RoomHead
from lib.text.time_zones import find_zone


def remind_caller(call: Call) -> Outcome:
    """Remind the caller at a time: of the message that the command answers, of the thread, or of a note."""
    zone_name = call.actor.time_zone or call.time_zone or find_own_zone(call.actor)
    zone = find_zone(zone_name)
    if zone is None:
        raise ValidationError({"time_zone": _("There is no such time zone.")})
    phrase = read_phrase(call.text, now=timezone.now(), zone=zone)
    if phrase is None:
        raise ValidationError(
            {
                "text": _(
                    "Say when, and of what: /remind me tomorrow at 9 to water the plants, in 2 hours, on Monday at "
                    "14:30, on 24 December. A time from 1 to 6 needs am or pm."
                )
            }
        )
    reminder = _store_reminder(call, phrase, zone_name)
    # As the page of reminders writes it.
    moment = date_format(reminder.remind_at.astimezone(zone), gettext("j M, H:i"))
    if reminder.note:
        told = gettext("I’ll remind you on %(moment)s: %(note)s")
        return Outcome(notice=told % {"moment": moment, "note": escape_markdown(reminder.note)})
    told = gettext("I’ll remind you of this message on %(moment)s.") if reminder.is_of_message else ""
    return Outcome(notice=(told or gettext("I’ll remind you of this room on %(moment)s.")) % {"moment": moment})


def _store_reminder(call: Call, phrase: Phrase, zone_name: str) -> Reminder:
    message_id = call.reply_to or call.thread_id
    if message_id is not None:
        remind: Callable[..., Reminder] = partial(remind_of_message, message_id=message_id)
    else:
        room = call.head.room
        remind = partial(remind_of_note, slug=room.organisation.slug, room_id=room.pk)
    return remind(actor=call.actor, remind_at=phrase.moment, time_zone=zone_name, note=phrase.note)


def _may_see(_head: RoomHead) -> bool:
    return True


COMMANDS = (Command("remind", _("me [when] to [what]"), _("Be reminded at a time"), remind_caller, _may_see),)
