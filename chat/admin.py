"""Register the admin of all subjects."""

from chat.messages import admin as messages
from chat.rooms import admin as rooms

__all__ = ["messages", "rooms"]
