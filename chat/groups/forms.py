"""Parse what browsers send about groups of users. The rules are in the services."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from lib.web.forms import ServiceForm


class GroupForm(ServiceForm):
    """Name and handle of a group."""

    name = forms.CharField(max_length=80, error_messages={"required": _("A group needs a name.")})
    handle = forms.CharField(max_length=41, error_messages={"required": _("A group needs a handle.")})


class GroupRoomForm(ServiceForm):
    """Room that a group is brought into."""

    room_id = forms.UUIDField(error_messages={"required": _("Choose a room.")})
