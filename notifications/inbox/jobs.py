"""Keep the table of notifications bounded."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from lib.jobs import job, recurring
from notifications.models import Notification

READ_PERIOD = timedelta(days=90)
MAX_PER_USER = 5000
BATCH = 1000


@recurring("20 3 * * *")
@job()
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
