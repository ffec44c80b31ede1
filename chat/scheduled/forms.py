"""Parse what the page of scheduled messages sends."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from chat.commands.services import COMMAND, ESCAPED
from chat.models import MAX_CONTENT, ScheduledMessage
from lib.web.forms import ServiceForm


class ScheduledForm(ServiceForm):
    """The text and the time of a message. The time is what the clock shows in the zone that the form names."""

    # The service refuses an empty one: beside files it may be.
    content = forms.CharField(label=_("Message"), max_length=MAX_CONTENT, widget=forms.Textarea, required=False)
    send_at = forms.CharField(label=_("Send at"), max_length=25, error_messages={"required": _("Choose a time.")})
    time_zone = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput, empty_value=None)

    @classmethod
    def for_message(cls, scheduled: ScheduledMessage) -> ScheduledForm:
        """Return the form of a message, with ids of its own among all forms of a page."""
        content = scheduled.content
        if COMMAND.match(content):
            content = f"/{content}"  # it was escaped when it was typed
        values = {"content": content, "send_at": scheduled.wall_time[:16], "time_zone": scheduled.time_zone}
        return cls(initial=values, auto_id=f"id_%s_{scheduled.pk.hex}")

    def clean_content(self) -> str:
        """Refuse a command: it would be posted as it is. With two slashes the text is meant to be."""
        content: str = self.cleaned_data["content"]
        if COMMAND.match(content):
            raise forms.ValidationError(_("Commands can’t be sent later. To send it as it is, begin with two slashes."))
        return content[1:] if ESCAPED.match(content) else content

    def clean_send_at(self) -> datetime:
        """Return the time without a zone, as a field of a date and a time gives it."""
        try:
            return datetime.fromisoformat(self.cleaned_data["send_at"]).replace(tzinfo=None)
        except ValueError as error:
            raise forms.ValidationError(_("Choose a time.")) from error
