"""Parse what browsers send about rooms. The rules are in the services."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from chat.models import Room
from lib.web.forms import ServiceForm

KINDS = [(Room.Kind.CHANNEL.value, pgettext_lazy("a room", "Open")), (Room.Kind.GROUP.value, _("Private"))]


class RoomDetailsForm(ServiceForm):
    """Name and topic of a room."""

    conflict_field = "name"

    name = forms.CharField(max_length=80, error_messages={"required": _("A room needs a name.")})
    topic = forms.CharField(max_length=250, required=False)


class RoomForm(RoomDetailsForm):
    """Kind, name, topic and first members of a new room."""

    kind = forms.ChoiceField(choices=KINDS)
    member_ids = forms.TypedMultipleChoiceField(coerce=UUID, required=False)

    def __init__(self, *args: Any, people: list[User], kinds: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        _set_choices(self, "member_ids", _build_choices(people))
        _set_choices(self, "kind", [(kind, str(label)) for kind, label in KINDS if kind in kinds])


class DirectRoomForm(ServiceForm):
    """The users of a direct room."""

    user_ids = forms.TypedMultipleChoiceField(
        coerce=UUID, error_messages={"required": _("Choose somebody to write to.")}
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set_choices(self, "user_ids", _build_choices(people))


def _set_choices(form: forms.Form, field: str, choices: list[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, form.fields[field]).choices = choices


def _build_choices(users: Iterable[User]) -> list[tuple[str, str]]:
    return [(str(user.pk), user.name) for user in users]
