"""Register the admin of all subjects."""

from chat.drafts import admin as drafts
from chat.emoji import admin as emoji
from chat.groups import admin as groups
from chat.imports import admin as imports
from chat.messages import admin as messages
from chat.previews import admin as previews
from chat.reminders import admin as reminders
from chat.reports import admin as reports
from chat.rooms import admin as rooms
from chat.scheduled import admin as scheduled
from chat.search import admin as search
from chat.threads import admin as threads

__all__ = [
    "drafts", "emoji", "groups", "imports", "messages", "previews", "reminders", "reports", "rooms", "scheduled",
    "search", "threads",
]  # fmt: skip
