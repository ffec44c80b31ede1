"""Forms of the sections of the notification settings; each cleans what was sent to the arguments of its service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lib.lasting import FOREVER
from lib.web.forms import ServiceForm
from notifications.kinds import Channels
from notifications.models import MailPace
from notifications.preferences.grid import CHANNELS, Choices, GridRow, list_grid_rows, resolve_channels
from notifications.preferences.quiet_hours import QuietSpan, Week, count_minutes, format_clock
from notifications.preferences.services import MAX_KEYWORDS
from notifications.preferences.silence import Silence

CHANNEL_TITLES = {"in_app": _("In Atrium"), "push": _("Push"), "mail": _("Mail")}
MORNING = 8


class Cell(NamedTuple):
    """A checkbox of the grid."""

    name: str
    title: Any
    is_on: bool


class GridForm(ServiceForm):
    """A checkbox for each kind and channel. What is as suggested is not kept as a choice."""

    def __init__(self, data: Any = None, *, choices: Choices, suggested: Choices) -> None:
        super().__init__(data)
        self._suggested = suggested
        self._choices = choices

    def list_lines(self) -> Iterator[tuple[GridRow, list[Cell | None]]]:
        """Yield each kind with its checkboxes."""
        for row in list_grid_rows():
            channels = resolve_channels(row.kind, row.defaults, self._choices, self._suggested)
            yield row, _build_cells(row, channels)

    def clean(self) -> dict[str, Any]:
        changes: dict[str, dict[str, bool | None]] = {}
        for row in list_grid_rows():
            suggested = resolve_channels(row.kind, row.defaults, self._suggested)
            sent = {channel: f"{row.kind}.{channel}" in self.data for channel in row.offered}
            changes[row.kind] = {
                channel: None if is_on == getattr(suggested, channel) else is_on for channel, is_on in sent.items()
            }
        return {"choices": changes}


class KeywordsForm(ServiceForm):
    """Keywords, separated by commas or lines."""

    keywords = forms.CharField(label=_("Keywords"), max_length=61 * MAX_KEYWORDS, required=False, widget=forms.Textarea)

    def clean_keywords(self) -> list[str]:
        return re.split(r"[,;\n]", self.cleaned_data["keywords"])

    def show_error(self, error: Any) -> None:
        """Show what is wrong with a keyword beside the field of all, with the keyword."""
        if not isinstance(error, ValidationError) or not hasattr(error, "error_dict"):
            super().show_error(error)
            return
        for path, messages in error.message_dict.items():
            number = path.rpartition(".")[2]
            keyword = self.cleaned_data["keywords"][int(number)].strip()[:60] if number.isdigit() else ""
            self.add_error("keywords", [f"“{keyword}”: {each}" if keyword else each for each in messages])


class MailForm(ServiceForm):
    """When what is unread is mailed."""

    mail_pace = forms.ChoiceField(label=_("Mail me what I haven’t read"), required=False)

    def __init__(self, data: Any = None, *, suggested: str, **options: Any) -> None:
        super().__init__(data, **options)
        usual = gettext("As suggested: %(pace)s") % {"pace": MailPace(suggested).label}
        self.fields["mail_pace"].choices = [("", usual), *MailPace.choices]  # type: ignore[attr-defined]


class QuietHoursForm(ServiceForm):
    """Quiet hours, and from when to when, for each day of the week."""

    def __init__(self, data: Any = None, *, week: Week, time_zone: str) -> None:
        super().__init__(data)
        self._time_zone = time_zone
        for number, span in enumerate(week):
            start, end = span or QuietSpan(22 * 60, 7 * 60)
            self.fields[f"on_{number}"] = forms.BooleanField(required=False, initial=span is not None)
            self.fields[f"start_{number}"] = forms.TimeField(required=False, initial=format_clock(start))
            self.fields[f"end_{number}"] = forms.TimeField(required=False, initial=format_clock(end))

    def list_days(self) -> Iterator[dict[str, Any]]:
        """Yield the name of each day with its fields."""
        for number, name in WEEKDAYS.items():
            yield {"name": name} | {field: self[f"{field}_{number}"] for field in ("on", "start", "end")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        spans: list[QuietSpan | None] = []
        for number in WEEKDAYS:
            start, end = cleaned.get(f"start_{number}"), cleaned.get(f"end_{number}")
            is_on = cleaned.get(f"on_{number}")
            if is_on and (start is None or end is None) and not self.errors:
                self.add_error(f"start_{number}", _("Say from when to when."))
            if is_on and start is not None and end is not None:
                spans.append(QuietSpan(count_minutes(start), count_minutes(end)))
            else:
                spans.append(None)
        return {"quiet_hours": tuple(spans), "time_zone": self._time_zone}


class SilenceForm(ServiceForm):
    """Until when not to be disturbed."""

    CHOICES = {
        "30": _("For 30 minutes"),
        "60": _("For an hour"),
        "240": _("For 4 hours"),
        "tomorrow": _("Until tomorrow morning"),
        "monday": _("Until Monday morning"),
        "forever": _("Until I turn them on"),
    }
    # In the menu of the user, at the foot of the sidebar.
    SHORT_CHOICES = {"60": CHOICES["60"], "tomorrow": CHOICES["tomorrow"], "forever": CHOICES["forever"]}
    RESUME = "0"

    silence = forms.ChoiceField(choices=[*CHOICES.items(), (RESUME, "")])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        return {"silence": Silence(_find_end(cleaned["silence"]))} if "silence" in cleaned else {}


class DefaultsForm(GridForm):
    """What an organisation suggests."""

    mail_pace = forms.ChoiceField(label=_("Mail what is unread"), choices=MailPace.choices)
    mail_content = forms.BooleanField(label=_("Mails say what messages say"), required=False)

    def clean(self) -> dict[str, Any]:
        return {**self.cleaned_data, **super().clean()}


def _build_cells(row: GridRow, channels: Channels) -> list[Cell | None]:
    """Return a checkbox for each channel, None for one that the kind never takes."""
    values = channels._asdict()
    return [
        Cell(f"{row.kind}.{channel}", CHANNEL_TITLES[channel], values[channel]) if channel in row.offered else None
        for channel in CHANNELS
    ]


def _find_end(choice: str) -> datetime | None:
    """Return when a silence ends that begins now, by the user's clock."""
    now = timezone.localtime()
    if choice == SilenceForm.RESUME:
        return None
    if choice == "forever":
        return FOREVER
    if choice in ("tomorrow", "monday"):
        days = 1 if choice == "tomorrow" else 7 - now.weekday()
        return (now + timedelta(days=days)).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return now + timedelta(minutes=int(choice))
