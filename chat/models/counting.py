"""Say which unread messages of a room's member count."""

from __future__ import annotations

from django.db.models import F, Q
from django.db.models.functions import Now

from chat.models.rooms import RoomMember

# Of a room member.
UNREAD = F("room__last_seq") - F("last_read_seq")
IS_UNREAD = Q(room__last_seq__gt=F("last_read_seq"))


def counts_all() -> Q:
    """Return the condition under which all unread messages of a membership count."""
    unmuted = Q(muted_until=None) | Q(muted_until__lte=Now())
    return unmuted & Q(notification_level=RoomMember.NotificationLevel.ALL)


def counts_mentions_alone() -> Q:
    """Return the condition under which of the unread messages of a membership only mentions count."""
    levels = RoomMember.NotificationLevel
    return Q(notification_level=levels.MENTIONS) | Q(notification_level=levels.ALL, muted_until__gt=Now())
