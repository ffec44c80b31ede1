"""What browsers send about rooms and messages. The rules are the services'; forms only shape and show."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from chat.models import Room
from lib.web.errors import Conflict

KINDS = [(Room.Kind.CHANNEL.value, pgettext_lazy("a room", "Open")), (Room.Kind.GROUP.value, _("Private"))]


class RoomDetailsForm(forms.Form):
    """Name and topic of a room."""

    name = forms.CharField(max_length=80, error_messages={"required": _("A room needs a name.")})
    topic = forms.CharField(max_length=250, required=False)

    def refuse(self, error: ValidationError | Conflict) -> None:
        """Show what a service refused, at the field it speaks of."""
        if isinstance(error, Conflict):
            self.add_error("name", str(error))
        elif hasattr(error, "error_dict"):
            for field, errors in error.error_dict.items():
                self.add_error(field if field in self.fields else None, errors)
        else:
            self.add_error(None, error)


class RoomForm(RoomDetailsForm):
    """A new room."""

    kind = forms.ChoiceField(choices=KINDS)
    member_ids = forms.TypedMultipleChoiceField(coerce=UUID, required=False)

    def __init__(self, *args: Any, people: list[User], kinds: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        _offer(self, "member_ids", _choices_of(people))
        _offer(self, "kind", [(kind, str(label)) for kind, label in KINDS if kind in kinds])


class PeopleForm(forms.Form):
    """Whom to write to."""

    user_ids = forms.TypedMultipleChoiceField(
        coerce=UUID, error_messages={"required": _("Choose somebody to write to.")}
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "user_ids", _choices_of(people))


def _offer(form: forms.Form, field: str, choices: list[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, form.fields[field]).choices = choices


def _choices_of(people: Iterable[User]) -> list[tuple[str, str]]:
    return [(str(person.pk), person.name) for person in people]
