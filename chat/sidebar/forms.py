"""Parse what browsers send about the sidebar."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chat.sidebar.schemas import SECTIONS
from lib.web.forms import ServiceForm
from lib.web.parameters import parse_uuid


class SectionField(forms.CharField):
    """The name of a section, or the id of one that another app has added."""

    def validate(self, value: str) -> None:
        """Raise ValidationError for what names no section."""
        super().validate(value)
        if value and value not in SECTIONS and parse_uuid(value) is None:
            raise ValidationError(_("There is no such section."))


class ArrangementForm(ServiceForm):
    """A section to fold or unfold, or whether only rooms with something new are shown."""

    fold = SectionField(max_length=36, required=False)
    unfold = SectionField(max_length=36, required=False)
    unread_only = forms.ChoiceField(choices=[("on", "on"), ("off", "off")], required=False)

    def clean(self) -> dict[str, Any]:
        """Return what was sent, as `arrange_sidebar` takes it."""
        cleaned: dict[str, Any] = super().clean() or {}
        choice = cleaned.get("unread_only")
        return cleaned | {"unread_only": choice == "on" if choice else None}
