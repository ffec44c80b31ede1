"""Store what users want to be told of, how and when, and what their organisations suggest."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.models.base import Record


class MailPace(models.TextChoices):
    """When what is unread is mailed: so long after it came, or in the morning of each day or of each Monday."""

    FIVE_MINUTES = "5m", _("After 5 minutes")
    QUARTER_HOUR = "15m", _("After 15 minutes")
    HOUR = "60m", _("After an hour")
    DAILY = "daily", _("Once a day, in the morning")
    WEEKLY = "weekly", _("Once a week, on Monday morning")
    NEVER = "never", _("Never")


PACES = ["", *MailPace.values]


class NotificationSettings(Record):
    """What a user has chosen, in all organisations alike: they have one pair of eyes, and one night.

    What they have not chosen is as their organisation suggests. Users who have chosen nothing have no row.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="notification_settings")
    choices = models.JSONField(
        default=dict, blank=True, help_text="Channels that were turned on or off, by kind and channel."
    )
    mail_pace = models.CharField(max_length=8, choices=MailPace, blank=True, help_text="Empty: as suggested.")
    quiet_hours = models.JSONField(
        default=list, blank=True, help_text="From Monday on, a span of minutes since midnight for each day, or null."
    )
    time_zone = models.CharField(
        max_length=64, blank=True, help_text="Of the quiet hours, where the user's profile names none."
    )

    objects: ClassVar[models.Manager[Any]]

    class Meta:
        verbose_name_plural = "notification settings"
        constraints = (
            models.CheckConstraint(condition=Q(mail_pace__in=PACES), name="notification_settings_pace_known"),
        )

    def __str__(self) -> str:
        return f"of {self.user}"


class NotificationKeyword(Record):
    """A word, or some, that a user wants to hear of wherever they are."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notification_keywords", db_index=False)
    text = models.CharField(max_length=60)
    term = models.CharField(max_length=320, editable=False, help_text="The text as searches find it.")

    objects: ClassVar[models.Manager[Any]]

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "term"], name="notification_keyword_once"),)

    def __str__(self) -> str:
        return f"of {self.user}"


class NotificationDefaults(Record):
    """What an organisation suggests to its members, who may choose otherwise, and what its mails may tell."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="notification_defaults")
    choices = models.JSONField(default=dict, blank=True)
    mail_pace = models.CharField(max_length=8, choices=MailPace, blank=True, help_text="Empty: after 15 minutes.")
    mail_content = models.BooleanField(default=True, help_text="Mails say what messages say.")

    objects: ClassVar[models.Manager[Any]]

    class Meta:
        verbose_name_plural = "notification defaults"
        constraints = (
            models.CheckConstraint(condition=Q(mail_pace__in=PACES), name="notification_defaults_pace_known"),
        )

    def __str__(self) -> str:
        return f"of {self.organisation}"
