from notifications.models.announcements import MAX_TEXT, Announcement
from notifications.models.notifications import MAX_GROUP_KEY, Level, Notification
from notifications.models.pending_mail import PendingMail
from notifications.models.push_subscriptions import PushSecrets, PushSubscription, TurnedOffBrowser, hash_endpoint
from notifications.models.settings import MailPace, NotificationDefaults, NotificationKeyword, NotificationSettings

__all__ = [
    "MAX_GROUP_KEY",
    "MAX_TEXT",
    "Announcement",
    "Level",
    "MailPace",
    "Notification",
    "NotificationDefaults",
    "NotificationKeyword",
    "NotificationSettings",
    "PendingMail",
    "PushSecrets",
    "PushSubscription",
    "TurnedOffBrowser",
    "hash_endpoint",
]
