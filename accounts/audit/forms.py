"""Filter the audit log."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.audit import descriptions

# Beyond these, clocks of some time zones run out of years.
IN_OUR_TIME = RegexValidator(r"^[12]\d{3}-", _("Choose a year that clocks know."))


class AuditForm(forms.Form):
    """What narrows the audit log down."""

    q = forms.CharField(required=False, max_length=80, label=_("Person or name"))
    action = forms.ChoiceField(
        required=False,
        label=_("What"),
        choices=[
            ("", _("Any change")),
            ("create", _("Made")),
            ("update", _("Changed")),
            ("delete", _("Deleted or ended")),
        ],
    )
    table = forms.ChoiceField(required=False, label=_("Kind of thing"))
    since = forms.DateField(required=False, label=_("From"), validators=[IN_OUR_TIME])
    until = forms.DateField(required=False, label=_("To"), validators=[IN_OUR_TIME])
    user = forms.UUIDField(required=False)
    record = forms.UUIDField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(table, known.title) for table, known in descriptions.words.items()]
        cast(forms.ChoiceField, self.fields["table"]).choices = [("", _("Anything")), *kinds]
