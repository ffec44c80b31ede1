"""Parse what browsers send about rooms. The rules are in the services."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.organisations import MembershipQuerySet
from chat.models import Room, RoomMember
from lib.lasting import FOREVER
from lib.web.filters import read_search
from lib.web.forms import ServiceForm
from lib.web.parameters import parse_uuid

# People shown at a time while a name is typed.
PEOPLE_FOUND = 20
KINDS = [(Room.Kind.CHANNEL.value, pgettext_lazy("a room", "Public")), (Room.Kind.GROUP.value, _("Private"))]


class UserIdsField(forms.TypedMultipleChoiceField):
    """Ids of users. Which of them may be chosen, the service says: they are too many for a list of choices."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=UUID, empty_value=[], **options)

    def valid_value(self, value: Any) -> bool:
        return parse_uuid(str(value)) is not None


class RoomDetailsForm(ServiceForm):
    """Name and topic of a room."""

    conflict_field = "name"

    name = forms.CharField(max_length=80, error_messages={"required": _("A room needs a name.")})
    topic = forms.CharField(max_length=250, required=False)


class RoomSettingsForm(RoomDetailsForm):
    """What admins of a room change: name, topic and emoji."""

    emoji = forms.CharField(max_length=32, required=False)


class RoomForm(RoomDetailsForm):
    """Kind, name, topic and first members of a new room."""

    kind = forms.ChoiceField(choices=KINDS)
    member_ids = UserIdsField(required=False)

    def __init__(self, *args: Any, kinds: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind, str(label)) for kind, label in KINDS if kind in kinds]
        cast(forms.ChoiceField, self.fields["kind"]).choices = choices


class DirectRoomForm(ServiceForm):
    """The users of a direct room."""

    user_ids = UserIdsField(error_messages={"required": _("Choose a person to write to.")})


class NewMembersForm(ServiceForm):
    """The users to add to a room."""

    user_ids = UserIdsField(error_messages={"required": _("Choose a person to add.")})


class OwnSettingsForm(ServiceForm):
    """What a member sets of a room for themselves; each is sent alone. Tomorrow begins in their morning."""

    MORNING = 9
    MUTES: ClassVar = {
        "1": _("For 1 hour"),
        "8": _("For 8 hours"),
        "tomorrow": _("Until tomorrow"),
        "168": _("For a week"),
        "forever": _("Until I unmute it"),
    }
    UNMUTE = "0"

    favourite = forms.ChoiceField(choices=[("on", "on"), ("off", "off")], required=False)
    notification_level = forms.ChoiceField(choices=RoomMember.NotificationLevel.choices, required=False)
    mute = forms.ChoiceField(choices=[*MUTES.items(), (UNMUTE, "")], required=False)

    def clean(self) -> dict[str, Any]:
        """Return what was sent, as `change_own_settings` takes it."""
        cleaned: dict[str, Any] = super().clean() or {}
        favourite, mute = cleaned.get("favourite"), cleaned.get("mute")
        return {
            "favourite": favourite == "on" if favourite else None,
            "notification_level": cleaned.get("notification_level") or None,
            "muted_until": self._read_mute(mute) if mute else None,
        }

    def _read_mute(self, choice: str) -> datetime:
        now = timezone.localtime()
        if choice == "forever":
            return FOREVER
        if choice == "tomorrow":
            return (now + timedelta(days=1)).replace(hour=self.MORNING, minute=0, second=0, microsecond=0)
        return now + timedelta(hours=int(choice))


def build_picker(request: HttpRequest, field: str, find_people: Callable[[str], MembershipQuerySet]) -> dict[str, Any]:
    """Return the context of a field for people: those chosen so far, and those found where there is no script.

    `find_people` returns the people to choose from whose names contain a text.
    """
    sent = request.POST if request.method == "POST" else request.GET
    user_ids = {user_id for text in sent.getlist(field) if (user_id := parse_uuid(text))}
    chosen = [member.user for member in find_people("").filter(user__in=user_ids)] if user_ids else []
    find = read_search(request, "find") if "find" in request.GET else None
    found = None if find is None else find_people(find).exclude(user__in=user_ids)[:PEOPLE_FOUND]
    return {"chosen": chosen, "find": find or "", "found": found}
