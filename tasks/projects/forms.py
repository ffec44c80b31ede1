"""Parse what browsers send about projects. The rules are in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chat.rooms.forms import UserIdsField
from lib.web.forms import ServiceForm
from tasks.models import COLORS, MAX_KEY, Status

COLOR_NAMES = {
    "slate": _("Slate"),
    "red": _("Red"),
    "orange": _("Orange"),
    "amber": _("Amber"),
    "green": _("Green"),
    "teal": _("Teal"),
    "blue": _("Blue"),
    "indigo": _("Indigo"),
    "violet": _("Violet"),
    "pink": _("Pink"),
}
COLOR_CHOICES = [(name, COLOR_NAMES[name]) for name in COLORS]
VISIBILITIES = [("members", _("Only its members")), ("organisation", _("Everyone in the organisation"))]


class ProjectFactsForm(ServiceForm):
    """What a project is called and is about, and who sees it."""

    conflict_field = "key"

    name = forms.CharField(max_length=80, error_messages={"required": _("A project needs a name.")})
    key = forms.CharField(max_length=MAX_KEY, required=False)
    color = forms.ChoiceField(choices=COLOR_CHOICES)
    description = forms.CharField(max_length=10_000, required=False, widget=forms.Textarea)
    visibility = forms.ChoiceField(choices=VISIBILITIES)
    git_url = forms.CharField(max_length=500, required=False)
    git_branch = forms.CharField(max_length=200, required=False)


class NewProjectForm(ProjectFactsForm):
    """A new project: its first members, and the project that it begins like."""

    member_ids = UserIdsField(required=False)
    template_id = forms.UUIDField(required=False)


class ProjectSettingsForm(ProjectFactsForm):
    """What admins of a project change of it."""

    owner_id = forms.UUIDField(required=False)
    announces_tasks = forms.BooleanField(required=False)
    is_template = forms.BooleanField(required=False)
    start_date = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    target_date = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def clean_start_date(self) -> Any:
        """Return a day, or an empty text, which takes it away."""
        return self.cleaned_data["start_date"] or ""

    def clean_target_date(self) -> Any:
        """Return a day, or an empty text, which takes it away."""
        return self.cleaned_data["target_date"] or ""


class ProjectDeletionForm(ServiceForm):
    """The name of a project, which is typed before it is deleted."""

    typed_name = forms.CharField(max_length=80)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name

    def clean(self) -> dict[str, Any]:
        """Return nothing for the service. Raise ValidationError where another name was typed."""
        cleaned: dict[str, Any] = super().clean() or {}
        typed = cleaned.pop("typed_name", None)
        if typed is not None and typed != self.name.strip():
            raise ValidationError({"typed_name": _("That is not its name.")})
        return cleaned


class ChannelForm(ServiceForm):
    """The name of a new channel of a project."""

    conflict_field = "name"

    name = forms.CharField(max_length=80, error_messages={"required": _("A channel needs a name.")})


class ColumnForm(ServiceForm):
    """Name and status of a column."""

    name = forms.CharField(max_length=60, error_messages={"required": _("A column needs a name.")})
    status = forms.ChoiceField(choices=Status.choices)


class ColumnMoveForm(ServiceForm):
    """The column that another one is moved before or behind."""

    before = forms.UUIDField(required=False)
    after = forms.UUIDField(required=False)


class ColumnDeletionForm(ServiceForm):
    """The column that the tasks of a deleted one move to."""

    move_to = forms.UUIDField(required=False)


class LabelForm(ServiceForm):
    """Name and colour of a label."""

    conflict_field = "name"

    name = forms.CharField(max_length=60, error_messages={"required": _("A label needs a name.")})
    color = forms.ChoiceField(choices=COLOR_CHOICES)
