"""Parse the composer's form."""

from __future__ import annotations

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chat.commands.services import COMMAND, ESCAPED
from chat.models import MAX_CONTENT
from lib.web.forms import ServiceForm


class MessageForm(ServiceForm):
    """The composer's fields, for browsers without script."""

    content = forms.CharField(
        max_length=MAX_CONTENT,
        error_messages={
            "required": _("There is nothing to send yet."),
            "max_length": format_lazy(
                _("A message holds up to {count} characters. Send it in parts."), count=MAX_CONTENT
            ),
        },
    )
    client_id = forms.CharField(max_length=64, required=False, empty_value=None)

    def clean_content(self) -> str:
        """Refuse what a composer with scripts would run as a command, rather than post it by accident."""
        content: str = self.cleaned_data["content"]
        if COMMAND.match(content):
            raise forms.ValidationError(_("Commands need scripts. To send it as it is, begin with two slashes."))
        return content[1:] if ESCAPED.match(content) else content


class ReplyForm(MessageForm):
    """The fields of a thread's composer."""

    also_in_room = forms.BooleanField(required=False)
