"""How a reminder is described among the notifications: asked when it is read, for the message may be gone by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.excerpts import describe_message
from chat.models import Message
from chat.reminders.telling import KIND
from notifications.kinds import Channels, Description, Kind, register, show_to_all
from notifications.models import Notification


def describe_reminders(rows: Sequence[Notification], reader: User) -> list[Description]:
    """Describe reminders by the note and the beginning of the message, if its reader may still see it. One query."""
    ids = {UUID(row.data["message"]) for row in rows if row.data.get("message")}
    shown = Message.objects.visible_to(reader).not_deleted().for_rendering()
    messages: dict[UUID, Message] = shown.in_bulk(ids) if ids else {}
    return [_describe_one(row, messages) for row in rows]


def _describe_one(row: Notification, messages: Mapping[UUID, Message]) -> Description:
    note, message_id = row.data.get("note", ""), row.data.get("message")
    message = messages.get(UUID(message_id)) if message_id else None
    title = gettext("Reminder: %(note)s") % {"note": note} if note else gettext("Reminder")
    if message is not None:
        text = f"{message.author.name}: {describe_message(message)}"
        return Description(title, text, message.get_absolute_url())
    if row.data.get("is_of_message"):
        return Description(title, gettext("The message was deleted, or you can’t see it any more."), row.url)
    return Description(title, "" if note else gettext("You wanted to look here again."), row.url)


register(
    Kind(
        KIND,
        _("Reminders"),
        _("For yourself"),
        describe=describe_reminders,
        filter_visible=show_to_all,
        defaults=Channels(in_app=True, push=True),
        ignores_mute=True,
        icon="clock",
        urgency="high",
        shows_toast=True,
    )
)
