"""The kinds of notifications about rooms, messages and reports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chat.notifying import names
from chat.notifying.describing import describe_messages, describe_reactions, describe_reports, describe_rooms
from chat.notifying.seeing import filter_messages, filter_reactions, filter_reports, filter_rooms
from notifications.kinds import Channels, Kind, register
from notifications.models import Level

MESSAGES, ROOMS = _("Messages"), _("Rooms")
ALL = Channels(in_app=True, push=True, mail=True)
APART = Channels(in_app=True)

register(
    Kind(
        names.DIRECT, _("Direct messages"), MESSAGES,
        describe_messages, filter_messages, ALL, icon="comment", urgency="high", shows_toast=True,
    ),
    Kind(
        names.MENTION, _("Mentions of you and your groups"), MESSAGES,
        describe_messages, filter_messages, ALL,
        icon="at", urgency="high", shows_toast=True, is_alike=True, is_mention=True, collapses=True,
    ),
    Kind(
        names.BROADCAST, _("Messages to everyone, by @room or @here"), MESSAGES,
        describe_messages, filter_messages, ALL,
        icon="at", shows_toast=True, is_alike=True, is_mention=True, collapses=True,
    ),
    Kind(
        names.REPLY, _("Replies in threads that you follow"), MESSAGES,
        describe_messages, filter_messages, ALL, icon="thread", is_alike=True, collapses=True,
    ),
    Kind(
        names.KEYWORD, _("Your keywords"), MESSAGES,
        describe_messages, filter_messages, ALL, icon="search", shows_toast=True, collapses=True,
    ),
    Kind(
        names.MESSAGE, _("Every message, in rooms where you want to hear of all"), MESSAGES,
        describe_messages, filter_messages, Channels(in_app=False),
        icon="comment", is_alike=True, is_listed=False, collapses=True,
    ),
    Kind(names.REACTION, _("Reactions to your messages"), MESSAGES, describe_reactions, filter_reactions, APART,
         icon="smile", urgency="very-low"),
    Kind(names.ROOM_ADDED, _("Rooms that you are added to"), ROOMS, describe_rooms, filter_rooms, ALL,
         icon="hash", is_alike=True),
    Kind(names.REPORT, _("Reports of messages"), _("Organisation"), describe_reports, filter_reports, ALL,
         level=Level.WARNING, icon="alert", shows_toast=True, is_alike=True),
)  # fmt: skip
