"""What an administrator tells all members of an organisation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lib.web.forms import ServiceForm
from notifications.models import MAX_TEXT


class AnnouncementForm(ServiceForm):
    text = forms.CharField(label=_("Text"), max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 3}))
