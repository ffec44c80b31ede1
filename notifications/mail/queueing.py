"""Keep what is to be mailed, until it is due."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.mail import jobs
from notifications.models import Notification, PendingMail
from notifications.preferences.queries import choose_channels


@transaction.atomic
def queue_mail(rows: Sequence[Notification]) -> None:
    """Keep notifications to be mailed when they are due, those of a user together. Repeating it changes nothing.

    A fixed number of queries for any number of users: they share a job for each minute in which mails are due.
    """
    now = timezone.now()
    decisions = choose_channels(rows, now)
    due_times = {row.pk: due for row in rows if (due := decisions[row.pk].mail_after) and decisions[row.pk].mail}
    due_times = _hold_standing(due_times)
    waiting = _find_next_mails({row.user_id for row in rows if row.pk in due_times})
    new: list[PendingMail] = []
    for row in rows:
        if (due := due_times.get(row.pk)) is not None:
            # The first that waits takes the others along.
            due = _round_up(max(due, now.replace(second=0, microsecond=0)))
            due = waiting[row.user_id] = min(due, waiting.get(row.user_id, due))
            new.append(PendingMail(notification=row, user_id=row.user_id, due_at=due))
    PendingMail.objects.bulk_create(new, ignore_conflicts=True)
    for due in {each.due_at for each in new}:
        jobs.enqueue_mails(due)


@transaction.atomic
def reschedule_mail(*, user: User) -> None:
    """Let what waits be mailed at the pace that a user has just chosen, once silence ends that ended later, or never.

    What is being mailed is left alone.
    """
    rows = PendingMail.objects.unclaimed(timezone.now()).filter(user=user)
    pending = list(rows.select_for_update(of=("self",)).select_related("notification"))
    PendingMail.objects.filter(pk__in=[each.pk for each in pending]).delete()
    if pending:
        queue_mail([each.notification for each in pending])


def _hold_standing(due_times: Mapping[UUID, datetime]) -> dict[UUID, datetime]:
    """Return what is due of the notifications that are still there, and keep these from being deleted meanwhile."""
    if not due_times:
        return {}
    rows = Notification.objects.filter(pk__in=due_times).select_for_update(no_key=True).order_by("pk")
    return {pk: due_times[pk] for pk in rows.values_list("pk", flat=True)}


def _round_up(moment: datetime) -> datetime:
    """Return the next whole minute."""
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)


def _find_next_mails(user_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Return when the next mail to each user is due, where one waits."""
    pending = PendingMail.objects.filter(user__in=user_ids, due_at__gt=timezone.now()).order_by("-due_at")
    return dict(pending.values_list("user", "due_at"))
