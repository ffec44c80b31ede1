"""Parse what browsers send about the link to a board."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from lib.web.forms import ServiceForm, add_service_errors
from tasks.models import ShareLink


class ShareLinkForm(ServiceForm):
    """What the link shows, and its last day."""

    last_day = forms.DateField(required=False)
    assignees = forms.ChoiceField(choices=ShareLink.Assignees.choices)
    shows_descriptions = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Return the end of the last day in the user's time zone as `expires_at`."""
        cleaned: dict[str, Any] = super().clean() or {}
        last_day = cleaned.pop("last_day", None)
        cleaned["expires_at"] = None
        if last_day is not None:
            try:
                cleaned["expires_at"] = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time()))
            except OverflowError:
                self.add_error("last_day", forms.DateField.default_error_messages["invalid"])
        return cleaned

    def show_error(self, error: Any) -> None:
        """Show what is wrong with the end of a link beside its last day."""
        if isinstance(error, ValidationError):
            add_service_errors(self, error, expires_at="last_day")
        else:
            super().show_error(error)


def describe_link(link: ShareLink) -> dict[str, Any]:
    """Return what a form for a link begins with."""
    last = link.expires_at and timezone.localtime(link.expires_at - timedelta(microseconds=1)).date()
    return {
        "last_day": last and last.isoformat(),
        "assignees": link.assignees,
        "shows_descriptions": link.shows_descriptions,
    }
