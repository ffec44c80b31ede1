"""Register the admin of all subjects."""

from notifications.inbox import admin as inbox

__all__ = ["inbox"]
