"""Name the queues. Each has its own threads, so that slow calls to other servers never hold up quick work."""

from __future__ import annotations

# Quick work on our own database.
DEFAULT = "default"
MAIL = "mail"
PUSH = "push"
# Calls to other servers: previews, avatars. Slow ones are the rule.
OUTBOUND = "outbound"
# Thumbnails and what else takes processor time and files.
MEDIA = "media"

QUEUES = (DEFAULT, MAIL, PUSH, OUTBOUND, MEDIA)
