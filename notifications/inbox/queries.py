"""List and count a user's notifications."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from lib.web.pagination import PageQuery, select_page_rows
from notifications.descriptions import Described, describe_rows, filter_visible
from notifications.kinds import list_kinds
from notifications.models import Notification
from notifications.models.notifications import NotificationQuerySet


@dataclass(frozen=True, slots=True)
class NotificationPage:
    """Notifications, the newest first; `older` is the last row's `activity_id` where more follow."""

    items: list[Described]
    older: UUID | None


def list_notifications(
    *, user: User, unread: bool = False, mentions: bool = False, place: UUID | None = None, org: str | None = None
) -> NotificationQuerySet:
    """Return a user's notifications: those not read, those that mention them, of a room or an organisation by slug."""
    rows: NotificationQuerySet = Notification.objects.received_by(user).for_listing()
    if unread:
        rows = rows.unread()
    if mentions:
        rows = rows.filter(kind__in=[kind.name for kind in list_kinds() if kind.is_mention])
    if place is not None:
        rows = rows.filter(place=place)
    return rows if org is None else rows.filter(organisation__slug=org)


def load_notifications(rows: NotificationQuerySet, *, user: User, page: PageQuery) -> NotificationPage:
    """Return a page of rows of a user as they see them.

    What they may no longer see is left out: no page tells how much that was, and one may hold less than its limit.
    """
    loaded = list(select_page_rows(rows, page, newest_first=True, key="activity_id"))
    older = loaded[page.limit - 1].activity_id if len(loaded) > page.limit else None
    return NotificationPage(describe_visible(loaded[: page.limit], user), older)


def describe_visible(rows: Collection[Notification], user: User) -> list[Described]:
    """Describe those of a user's rows that they may still see."""
    return describe_rows(filter_visible(list(rows), user), user)


def describe_one(*, user: User, notification_id: UUID) -> Described:
    """Describe one of a user's notifications. Raise Notification.DoesNotExist for one that they may not see."""
    row = Notification.objects.received_by(user).for_listing().get(pk=notification_id)
    described = describe_visible([row], user)
    if not described:
        raise Notification.DoesNotExist
    return described[0]
