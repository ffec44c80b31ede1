"""Jobs of link previews."""

from __future__ import annotations

from chat.previews import unused
from lib.jobs import job, recurring


@recurring("23 * * * *", when=unused.has_unused_previews)
@job()
def delete_unused_previews() -> None:
    """Delete previews that no message shows, and pictures without a preview."""
    unused.delete_unused_previews()
