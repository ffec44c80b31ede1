from notifications.models.announcements import MAX_TEXT, Announcement
from notifications.models.notifications import MAX_GROUP_KEY, Level, Notification

__all__ = ["MAX_GROUP_KEY", "MAX_TEXT", "Announcement", "Level", "Notification"]
