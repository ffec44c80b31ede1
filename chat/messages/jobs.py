"""Jobs of messages."""

from __future__ import annotations

from uuid import UUID

from chat.messages import link_previews, refreshing, tombstones
from lib.jobs import job, recurring


@job(queue="outbound", attempts=3)
def attach_previews(*, message_id: str) -> None:
    """Fetch what the pages that a message links to are about, and show it below the message."""
    link_previews.attach_previews(UUID(message_id))


@job()
def refresh_attachments(*, asset_id: str) -> None:
    """Show a file as it is now in the messages that it stands in."""
    refreshing.refresh_attachments(UUID(asset_id))


@job()
def delete_forwards(*, message_id: str) -> None:
    """Delete the copies of a deleted message in the rooms to which it was forwarded."""
    tombstones.delete_forwards(UUID(message_id))


@recurring("7 * * * *", when=tombstones.has_left_copies)
@job()
def resume_deletions() -> None:
    """Delete the copies that stayed although their origin was deleted."""
    tombstones.resume_deletions()
