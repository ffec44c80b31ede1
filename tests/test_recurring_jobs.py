"""What nobody asks for happens by itself: each clean-up is a recurring job, which writes only where there is need."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from lib.jobs import run_due_jobs
from lib.jobs.discovery import import_job_modules
from lib.jobs.job import recurring_jobs
from lib.jobs.schedules import enqueue_recurring_jobs
from notifications.models import Notification, PendingMail


def test_each_clean_up_runs_every_hour() -> None:
    import_job_modules()

    hourly = {kind for kind, job in recurring_jobs.items() if job.schedule.endswith(" * * * *")}
    assert hourly >= {
        "accounts.jobs.delete_expired",
        "accounts.profiles.jobs.delete_orphaned_avatars",
        "chat.emoji.jobs.delete_orphaned_emoji_images",
        "chat.messages.jobs.resume_deletions",
        "chat.previews.jobs.delete_unused_previews",
        "chat.rooms.jobs.delete_orphaned_room_pictures",
        "lib.mail.jobs.delete_old_mails",
        "tasks.projects.jobs.delete_orphaned_project_pictures",
        "tasks.projects.jobs.purge_deleted_projects",
    }


@pytest.mark.django_db
def test_an_idle_server_writes_nothing_for_hours_and_all_the_same_what_is_lost_is_found(bob: User) -> None:
    """Each minute what a worker does then, from noon to three o'clock: no clean-up of the night is due."""
    import_job_modules()
    ask_again_at: dict[str, datetime] = {}
    with time_machine.travel(datetime(2026, 11, 27, 12, tzinfo=UTC), tick=False) as clock:
        enqueue_recurring_jobs(recurring_jobs, ask_again_at)  # stores when each is due first
        with CaptureQueriesContext(connection) as queries:
            for _ in range(180):
                clock.shift(timedelta(minutes=1))
                assert enqueue_recurring_jobs(recurring_jobs, ask_again_at) <= datetime.now(UTC) + timedelta(minutes=1)
        assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
        assert len(queries) < 5 * 180 + 400, "four that look each minute, and the hours of the others"

        row = Notification.objects.create(user=bob, kind="mention")
        PendingMail.objects.create(notification=row, user=bob, due_at=datetime.now(UTC))
        clock.shift(timedelta(minutes=10))
        enqueue_recurring_jobs(recurring_jobs, ask_again_at)
        run_due_jobs()

    assert not PendingMail.objects.exists()
