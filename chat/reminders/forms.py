"""Parse what the page of reminders sends."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chat.models import Reminder
from lib.text.wall_times import next_monday
from lib.web.forms import ServiceForm

# As minutes from now.
MINUTES = {"20m": 20, "1h": 60, "3h": 180}
MORNING = time(9)
CHOICES = (
    ("20m", _("In 20 minutes")),
    ("1h", _("In 1 hour")),
    ("3h", _("In 3 hours")),
    ("tomorrow", _("Tomorrow at 9:00")),
    ("week", _("Next week, Monday at 9:00")),
)


class ReminderForm(ServiceForm):
    """Another time for a reminder: one that is offered, or what the clock shows in the zone that the form names."""

    choice = forms.ChoiceField(choices=CHOICES, required=False)
    remind_at = forms.CharField(label=_("Or at"), max_length=25, required=False)
    time_zone = forms.CharField(max_length=64, required=False, empty_value=None)

    @classmethod
    def for_reminder(cls, reminder: Reminder) -> ReminderForm:
        """Return the form of a reminder, with ids of its own among all forms of a page."""
        return cls(initial={"remind_at": reminder.wall_time[:16]}, auto_id=f"id_%s_{reminder.pk.hex}")

    def clean(self) -> dict[str, Any]:
        """Return the time as the service takes it."""
        choice, typed = self.cleaned_data.get("choice"), self.cleaned_data.get("remind_at", "")
        zone = self.cleaned_data.get("time_zone")
        if choice:
            return {"remind_at": _compute_time(choice), "time_zone": None}
        try:
            return {"remind_at": datetime.fromisoformat(typed).replace(tzinfo=None), "time_zone": zone}
        except ValueError as error:
            raise forms.ValidationError({"remind_at": _("Choose a time.")}) from error


def _compute_time(choice: str) -> datetime:
    """Return an instant for what is counted from now, else what the reader's clock shows."""
    if choice in MINUTES:
        return timezone.now() + timedelta(minutes=MINUTES[choice])
    today = timezone.localdate()
    day = next_monday(today) if choice == "week" else today + timedelta(days=1)
    return datetime.combine(day, MORNING)
