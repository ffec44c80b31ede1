"""Register the admin of all subjects."""

from chat.messages import admin as messages
from chat.rooms import admin as rooms
from chat.search import admin as search

__all__ = ["messages", "rooms", "search"]
