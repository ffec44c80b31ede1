"""Parse what browsers send about files. The rules are in the services of assets."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.models import MAX_ALT_TEXT, MAX_FILE_NAME
from lib.web.forms import ServiceForm


class FileForm(ServiceForm):
    """Name of a file and what it shows."""

    name = forms.CharField(max_length=MAX_FILE_NAME, error_messages={"required": _("A file needs a name.")})
    alt_text = forms.CharField(max_length=MAX_ALT_TEXT, required=False)
