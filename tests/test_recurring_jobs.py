"""What nobody asks for happens by itself: each clean-up is a recurring job."""

from lib.jobs.discovery import import_job_modules
from lib.jobs.job import recurring_jobs


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
    }
