"""Parse what browsers send about the sidebar."""

from __future__ import annotations

from typing import Any

from django import forms

from chat.sidebar.schemas import SECTIONS
from lib.web.forms import ServiceForm


class ArrangementForm(ServiceForm):
    """A section to fold or unfold, or whether only rooms with something new are shown."""

    fold = forms.ChoiceField(choices=[(section, section) for section in SECTIONS], required=False)
    unfold = forms.ChoiceField(choices=[(section, section) for section in SECTIONS], required=False)
    unread_only = forms.ChoiceField(choices=[("on", "on"), ("off", "off")], required=False)

    def clean(self) -> dict[str, Any]:
        """Return what was sent, as `arrange_sidebar` takes it."""
        cleaned: dict[str, Any] = super().clean() or {}
        choice = cleaned.get("unread_only")
        return cleaned | {"unread_only": choice == "on" if choice else None}
