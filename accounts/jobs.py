"""Jobs of accounts as a whole."""

from __future__ import annotations

from accounts import cleanup
from lib.jobs import job, recurring


@recurring("3 * * * *", when=cleanup.has_expired)
@job()
def delete_expired() -> None:
    """Delete expired sessions, tokens and stored answers."""
    cleanup.delete_expired()
