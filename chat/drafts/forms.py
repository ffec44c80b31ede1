"""Check what is shared with a room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chat.models import MAX_CONTENT
from lib.web.forms import ServiceForm


class ShareForm(ServiceForm):
    """A text, and the room in whose composer it is put."""

    destination = forms.UUIDField(error_messages={"required": _("Choose a room.")})
    content = forms.CharField(max_length=MAX_CONTENT, strip=False)

    def clean(self) -> dict[str, object]:
        """Return the values as the service takes them; browsers end the lines of a form by two characters."""
        values = dict(self.cleaned_data)
        if "content" in values:
            values["content"] = values["content"].replace("\r\n", "\n")
        if "destination" in values:
            values["room_id"] = values.pop("destination")
        return values
