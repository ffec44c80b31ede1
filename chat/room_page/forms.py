"""Parse the composer's form."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chat.commands.services import COMMAND, ESCAPED
from chat.models import MAX_CONTENT
from lib.web.forms import ServiceForm
from lib.web.parameters import parse_uuid


class IdsField(forms.Field):
    """Ids of a field that is sent several times."""

    widget = forms.MultipleHiddenInput
    default_error_messages: ClassVar = {
        "invalid": _("There is no such file in this organisation. Upload it again."),
    }

    def to_python(self, value: list[str] | None) -> list[UUID]:
        ids = [parse_uuid(text) for text in value or ()]
        if None in ids:
            raise forms.ValidationError(self.error_messages["invalid"])
        return [asset_id for asset_id in ids if asset_id]


class MessageForm(ServiceForm):
    """The composer's fields, for browsers without script."""

    content = forms.CharField(
        max_length=MAX_CONTENT,
        required=False,
        error_messages={
            "required": _("There is nothing to send yet."),
            "max_length": format_lazy(
                _("A message holds up to {count} characters. Send it in parts."), count=MAX_CONTENT
            ),
        },
    )
    client_id = forms.CharField(max_length=64, required=False, empty_value=None)
    asset_ids = IdsField(required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a message without text and files."""
        if not self.errors and not self.cleaned_data["content"] and not self.cleaned_data["asset_ids"]:
            self.add_error("content", self.fields["content"].error_messages["required"])
        return self.cleaned_data

    def clean_content(self) -> str:
        """Refuse what a composer with scripts would run as a command, rather than post it by accident."""
        content: str = self.cleaned_data["content"]
        if COMMAND.match(content):
            raise forms.ValidationError(_("Commands need scripts. To send it as it is, begin with two slashes."))
        return content[1:] if ESCAPED.match(content) else content


class ReplyForm(MessageForm):
    """The fields of a thread's composer."""

    also_in_room = forms.BooleanField(required=False)
