"""Forms of the profile, the picture, the status and the settings of a user."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Status, User
from accounts.profiles.services.profile import ENTER_KEY, list_languages
from lib.images import Crop
from lib.web.forms import ServiceForm


class ProfileForm(ServiceForm):
    """Name and username."""

    name = forms.CharField(label=_("Your name"), max_length=80)
    username = forms.CharField(label=_("Username"), max_length=40)


class AvatarForm(ServiceForm):
    """A picture, and a square of it in pixels: all of `x`, `y` and `size`, or none for the middle."""

    file = forms.FileField(label=_("Picture"))
    x = forms.IntegerField(required=False, widget=forms.HiddenInput)
    y = forms.IntegerField(required=False, widget=forms.HiddenInput)
    size = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        square = [cleaned.pop(name, None) for name in Crop._fields]
        given = [value for value in square if value is not None]
        if given and len(given) < len(square) and not self.errors:
            raise ValidationError({"size": _("Give x, y and size, or none of them.")})
        return cleaned | {"crop": Crop(*square) if given and not self.errors else None}


class StatusForm(ServiceForm):
    """Emoji and text of a status, and when it clears itself."""

    KEEP = "keep"
    CLEARS = {
        "30": _("In 30 minutes"),
        "60": _("In an hour"),
        "240": _("In 4 hours"),
        "today": _("Today"),
        "": _("Don’t clear"),
    }

    emoji = forms.CharField(label=_("Emoji"), max_length=32, required=False)
    text = forms.CharField(label=_("Status"), max_length=100, required=False)
    clear_after = forms.ChoiceField(label=_("Clear it"), required=False)
    clear = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, current: Status | None) -> None:
        self.current = current or Status()
        until = self.current.expires_at
        keep = (
            {self.KEEP: _("At %(time)s") % {"time": date_format(timezone.localtime(until), str(_("H:i, j M")))}}
            if until
            else {}
        )
        initial = {"emoji": self.current.emoji, "text": self.current.text, "clear_after": self.KEEP if keep else ""}
        super().__init__(data, initial=initial)
        self.fields["clear_after"].choices = list((keep | self.CLEARS).items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("clear"):
            return {"status": Status()}
        expires_at = self._get_expiry(cleaned.get("clear_after", ""))
        return {"status": Status(cleaned.get("emoji", ""), cleaned.get("text", ""), expires_at)}

    def _get_expiry(self, choice: str) -> datetime | None:
        """Return when the status clears itself; `today` ends by the user's clock."""
        now = timezone.localtime()
        if choice == "today":
            return (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        if choice == self.KEEP:
            return self.current.expires_at
        return now + timedelta(minutes=int(choice)) if choice else None


class AvailabilityForm(ServiceForm):
    """Whether the user can be reached."""

    availability = forms.ChoiceField(choices=User.Availability.choices)


class TimeZoneForm(ServiceForm):
    """Time zone that times are shown in."""

    # The service knows more zones than are offered.
    time_zone = forms.CharField(label=_("Time zone"), max_length=64, required=False)


class AppearanceForm(ServiceForm):
    """Theme of the pages, and what Enter does; each choice is saved by itself."""

    theme = forms.ChoiceField(choices=User.Theme.choices, required=False)
    enter_key = forms.ChoiceField(
        choices=[
            ("", _("Sends, new line on touch screens")),
            ("send", _("Sends")),
            ("line", _("Begins a new line")),
        ],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        given = {name: value for name, value in cleaned.items() if name in self.data}
        if ENTER_KEY in given:
            given["metadata"] = {ENTER_KEY: given.pop(ENTER_KEY) or None}
        return given


class LanguageForm(ServiceForm):
    """Language of pages and mails."""

    language = forms.ChoiceField(
        choices=lambda: [("", _("As this browser")), *list_languages().items()], required=False
    )
