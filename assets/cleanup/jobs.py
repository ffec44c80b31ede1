"""Delete what nobody sees any longer, at times of their own."""

from __future__ import annotations

from assets.cleanup import services
from lib.jobs import job, recurring
from lib.jobs.queues import MEDIA


@recurring("47 * * * *", when=services.has_unseen_assets)
@job(queue=MEDIA)
def delete_unseen_assets() -> None:
    """Delete what was deleted a month ago, and what stands nowhere a day after its upload."""
    services.delete_deleted_assets()
    services.delete_orphaned_assets()


@recurring("23 3 * * *")
@job(queue=MEDIA)
def delete_orphaned_files() -> None:
    """Delete the files that no row names, those of deleted organisations among them."""
    services.delete_orphaned_files()
