"""Keep the table of notifications bounded, and the number at the bell true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from lib.jobs import job, recurring
from notifications.descriptions import filter_visible_to_each
from notifications.inbox.services import withdraw_notifications
from notifications.models import Notification

READ_PERIOD = timedelta(days=90)
MAX_PER_USER = 5000
BATCH = 1000


@recurring("20 3 * * *")
@job(timeout=3600)
def prune_notifications() -> None:
    """Delete what was read 90 days ago, and of each user all but the newest 5,000. In batches: others write between."""
    old = Notification.objects.filter(read_at__lt=timezone.now() - READ_PERIOD)
    while ids := list(old.values_list("pk", flat=True)[:BATCH]):
        Notification.objects.filter(pk__in=ids).delete()
    counts = Notification.objects.order_by().values("user").annotate(n=Count("pk")).filter(n__gt=MAX_PER_USER)
    for user_id in counts.values_list("user", flat=True):
        rows = Notification.objects.filter(user=user_id).order_by("-activity_id")
        while ids := list(rows.values_list("pk", flat=True)[MAX_PER_USER : MAX_PER_USER + BATCH]):
            Notification.objects.filter(pk__in=ids).delete()


@recurring("40 3 * * *")
@job(timeout=3600)
def withdraw_hidden_notifications() -> None:
    """Take back what users have not read and may no longer see, so that the bell counts what it lists.

    What takes something away withdraws its notifications at once. This finds the rest: invitations that have run out,
    and kinds that a new version no longer has.
    """
    for rows in _iterate_unread_rows():
        visible = {row.pk for row in filter_visible_to_each(rows)}
        if hidden := [row.pk for row in rows if row.pk not in visible]:
            withdraw_notifications(Notification.objects.filter(pk__in=hidden))


def _iterate_unread_rows() -> Iterator[Sequence[Notification]]:
    """Yield batches of what is at the bell and unread, with the users loaded."""
    unread, last = Notification.objects.filter(is_listed=True).unread(), UUID(int=0)
    while rows := list(unread.filter(pk__gt=last).select_related("user").order_by("pk")[:BATCH]):
        yield rows
        last = rows[-1].pk
