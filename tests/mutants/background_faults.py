"""Faults of background work: jobs, mails, notifications, pushes, and what is sent later."""

from __future__ import annotations

from tests.mutants.fault import Fault

JOBS, NOTIFICATIONS = "tests/lib/jobs", "tests/notifications"

FAULTS = (
    Fault(
        "A worker whose job was given to another stores nothing of it.",
        "lib/jobs/claiming.py",
        "status=RUNNING, started_at__in={job.started_at for job in claimed}",
        "status=RUNNING",
        (f"{JOBS}/test_leases.py",),
    ),
    Fault(
        "The jobs of a worker are taken over once its lease is over.",
        "lib/jobs/leases.py",
        "Worker.objects.filter(leased_until__gt=timezone.now()).values_list",
        "Worker.objects.values_list",
        (f"{JOBS}/test_leases.py",),
    ),
    Fault(
        "A recurring job is enqueued by one process.",
        "lib/jobs/schedules.py",
        "Schedule.objects.filter(kind=kind, due_at=row.due_at).update(due_at=next_at)",
        "Schedule.objects.filter(kind=kind).update(due_at=next_at)",
        (f"{JOBS}/test_recurring.py",),
    ),
    Fault(
        "The text of an error that is not ours is not stored.",
        "lib/jobs/errors.py",
        'text = f": {error}" if isinstance(error, JobError) else ""',
        'text = f": {error}"',
        (f"{JOBS}/test_retries.py",),
    ),
    Fault(
        "A mail is deleted once the server has taken it, and not before.",
        "lib/mail/delivery.py",
        "    send_message(message)\n    stored.delete()\n",
        "    stored.delete()\n    send_message(message)\n",
        ("tests/lib/mail/test_delivery.py",),
    ),
    Fault(
        "What one job mails, no other does.",
        "notifications/mail/services.py",
        "due.update(claimed_until=now + CLAIM_TIME, updated_at=now)",
        "due.update(updated_at=now)",
        (f"{NOTIFICATIONS}/mail/test_outage.py",),
    ),
    Fault(
        "What was held comes when silence ends early.",
        "notifications/preferences/silence.py",
        "if before is not None and (",
        "if before is None and (",
        (f"{NOTIFICATIONS}/mail/test_mail.py", f"{NOTIFICATIONS}/push/test_channel.py"),
    ),
    Fault(
        "A job that hangs is given to another thread.",
        "lib/jobs/threads.py",
        "if now - since > timeout and",
        "if now - since > 10 * timeout + 60 and",
        (f"{JOBS}/test_dispatcher.py",),
    ),
    Fault(
        "What was read meanwhile is not mailed.",
        "notifications/mail/services.py",
        "unread = [row for row in rows if row.read_at is None]",
        "unread = list(rows)",
        (f"{NOTIFICATIONS}/mail/test_mail.py",),
    ),
    Fault(
        "Notifications are their user's alone.",
        "notifications/models/notifications.py",
        "return self.filter(user=user, is_listed=True)",
        "return self.filter(is_listed=True)",
        (f"{NOTIFICATIONS}/inbox/test_inbox.py",),
    ),
    Fault(
        "Who may no longer see it is not told, when it is delivered.",
        "notifications/delivery/jobs.py",
        "visible = filter_visible_to_each(list(rows))",
        "visible = list(rows)",
        (f"{NOTIFICATIONS}/inbox/test_delivery.py",),
    ),
    Fault(
        "The end of quiet hours that clocks show twice is the last.",
        "notifications/preferences/quiet_hours.py",
        "find_moment(last_day, span.end, zone, is_end=True)",
        "find_moment(last_day, span.end, zone)",
        (f"{NOTIFICATIONS}/preferences/test_quiet_hours.py",),
    ),
    Fault(
        "A key that a push service refuses takes no subscription away.",
        "notifications/push/sending.py",
        "GONE = (404, 410)",
        "GONE = (401, 403, 404, 410)",
        (f"{NOTIFICATIONS}/push/test_sending.py",),
    ),
    Fault(
        "A browser that is signed out gets no push.",
        "notifications/models/push_subscriptions.py",
        "return self.signed_in().filter(lasting,",
        "return self.filter(lasting,",
        (f"{NOTIFICATIONS}/push/test_channel.py", f"{NOTIFICATIONS}/push/test_subscriptions.py"),
    ),
    Fault(
        "A scheduled message is posted once, though its process died after that.",
        "chat/scheduled/sending.py",
        "            client_id=scheduled.client_id,\n",
        "            client_id=str(timezone.now()),\n",
        ("tests/chat/scheduled/test_sending.py",),
    ),
    Fault(
        "A scheduled message is its author's alone.",
        "chat/models/scheduled.py",
        "return self.filter(user=user)",
        "return self.all()",
        ("tests/chat/scheduled/test_scheduling.py",),
    ),
    Fault(
        "A user is reminded once.",
        "chat/reminders/telling.py",
        "Reminder.objects.due(now).filter(pk=reminder_id)",
        "Reminder.objects.filter(pk=reminder_id)",
        ("tests/chat/reminders/test_reminders.py",),
    ),
)
