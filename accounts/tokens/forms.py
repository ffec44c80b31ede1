"""Validate the form of a personal token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.scopes import list_scopes
from lib.web.forms import ServiceForm


class TokenForm(ServiceForm):
    """Form of a new personal token: name, scopes and lifetime in days."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(choices=lambda: [(scope, scope) for scope in list_scopes()], required=False)
    days = forms.TypedChoiceField(
        label=_("Expires after"),
        choices=[
            ("30", _("30 days")),
            ("90", _("90 days")),
            ("365", _("A year")),
            ("", _("Ever, until you revoke it")),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        initial="90",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        days = cleaned.pop("days", None)
        cleaned["expires_at"] = timezone.now() + timedelta(days=days) if days else None
        return cleaned
