"""Delete the uploads of which nothing arrives any longer."""

from __future__ import annotations

from assets.uploads import services
from lib.jobs import job, recurring
from lib.jobs.queues import MEDIA


@recurring("*/10 * * * *", when=services.has_expired_uploads)
@job(queue=MEDIA)
def expire_uploads() -> None:
    """Delete expired uploads, and give their bytes back."""
    services.expire_uploads()
