"""React to changes of organisations in accounts, each inside the transaction of the change."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import Organisation
from assets.cleanup.jobs import delete_orphaned_files
from assets.cleanup.services import GRACE_PERIOD


def organisation_deleted(*, organisation: Organisation) -> None:
    """Have the files of an organisation deleted, once the last of them counts as an orphan."""
    key = "assets.delete_orphaned_files"
    delete_orphaned_files.using(run_after=timezone.now() + GRACE_PERIOD, unique_key=key).enqueue()
