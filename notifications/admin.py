"""Register the admin of all subjects."""

from notifications.announcements import admin as announcements
from notifications.inbox import admin as inbox
from notifications.mail import admin as mail
from notifications.preferences import admin as preferences
from notifications.push import admin as push

__all__ = ["announcements", "inbox", "mail", "preferences", "push"]
