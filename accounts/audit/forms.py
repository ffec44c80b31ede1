"""Filter the audit log."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.audit import descriptions

# In years 1 and 9999 a conversion between time zones can leave the range of `datetime`.
validate_year = RegexValidator(r"^[12]\d{3}-", _("Choose a year that clocks know."))


class AuditForm(forms.Form):
    """Filters of the audit log."""

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
    since = forms.DateField(required=False, label=_("From"), validators=[validate_year])
    until = forms.DateField(required=False, label=_("To"), validators=[validate_year])
    user = forms.UUIDField(required=False)
    record = forms.UUIDField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(table, described.title) for table, described in descriptions.descriptions_by_table.items()]
        cast(forms.ChoiceField, self.fields["table"]).choices = [("", _("Anything")), *kinds]
