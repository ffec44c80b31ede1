"""Commands about the room: /topic, /invite, /leave and /mute."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.organisations.queries import members_visible_to
from chat.commands.markdown import escape_markdown
from chat.commands.registry import Call, Command, Outcome
from chat.rooms.queries.room_head import RoomHead
from chat.rooms.services.members import add_members
from chat.rooms.services.membership import leave_room
from chat.rooms.services.own_settings import change_own_settings
from chat.rooms.services.rooms import update_room
from chat.scopes import WRITE_ROOMS
from lib.lasting import FOREVER

MAX_INVITED = 50
DURATION = re.compile(r"(?P<count>[1-9][0-9]{0,3})\s*(?P<unit>[mhdw])\Z", re.IGNORECASE)
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def set_topic(call: Call) -> Outcome:
    """Set the topic of the room; without a text, tell it."""
    if not call.text:
        topic = call.head.room.topic
        told = (
            gettext("The topic is: %(topic)s") % {"topic": escape_markdown(topic)}
            if topic
            else gettext("There is no topic.")
        )
        return Outcome(notice=told)
    room = update_room(actor=call.actor, room_id=call.head.room.pk, topic=call.text)
    return Outcome(notice=gettext("The topic is: %(topic)s") % {"topic": escape_markdown(room.topic)})


def invite_members(call: Call) -> Outcome:
    """Add members of the organisation to the room, all or none."""
    names = list(dict.fromkeys(name.removeprefix("@").lower() for name in re.split(r"[\s,;]+", call.text) if name))
    if not 0 < len(names) <= MAX_INVITED:
        raise ValidationError({"text": _("Say whom: /invite @name")})
    own = Membership.objects.select_related("organisation").get(
        user=call.actor, organisation=call.head.room.organisation
    )
    # A name that a guest does not see is answered like one that nobody has.
    members = members_visible_to(own).filter(user__username__in=names, user__is_active=True)
    ids = dict(members.values_list("user__username", "user"))
    for name in names:
        if name not in ids:
            raise ValidationError({"text": format_lazy(_("There is no @{name} in this organisation."), name=name[:40])})
    added = add_members(actor=call.actor, room_id=call.head.room.pk, user_ids=ids.values())
    shown = ", ".join(escape_markdown(member.user.name) for member in added)
    return Outcome(notice=gettext("In this room now: %(names)s") % {"names": shown})


def leave_call_room(call: Call) -> Outcome:
    """Leave the room."""
    leave_room(actor=call.actor, room_id=call.head.room.pk)
    return Outcome(has_left=True)


def mute_room(call: Call) -> Outcome:
    """Mute the room for a time, without one until it is unmuted by `off`."""
    until = _read_until(call.text)
    change_own_settings(actor=call.actor, room_id=call.head.room.pk, muted_until=until)
    if until <= timezone.now():
        return Outcome(notice=gettext("This room is no longer muted."))
    if until == FOREVER:
        return Outcome(notice=gettext("This room is muted. Unmute it with `/mute off`."))
    moment = date_format(timezone.localtime(until), gettext("j F Y, H:i"))
    return Outcome(notice=gettext("This room is muted until %(moment)s.") % {"moment": moment})


def _read_until(text: str) -> datetime:
    """Return until when `30m`, `2h`, `3d` or `1w` from now is; `off` is now, and nothing is for ever."""
    if not text:
        return FOREVER
    if text.lower() == "off":
        return timezone.now()
    if match := DURATION.match(text):
        return timezone.now() + timedelta(**{UNITS[match["unit"].lower()]: int(match["count"])})
    raise ValidationError({"text": _("Say for how long: /mute 30m, 2h, 3d or 1w, or /mute off")})


def _may_administer(head: RoomHead) -> bool:
    return head.can_administer


def _may_extend(head: RoomHead) -> bool:
    return head.can_post and not head.room.is_direct


def _may_leave(head: RoomHead) -> bool:
    return head.membership is not None and not head.room.is_direct and not head.room.is_general


def _is_member(head: RoomHead) -> bool:
    return head.membership is not None


COMMANDS = (
    Command("topic", _("[text]"), _("Set the topic of the room"), set_topic, _may_administer, WRITE_ROOMS),
    Command("invite", _("@name …"), _("Add people to the room"), invite_members, _may_extend, WRITE_ROOMS),
    Command("leave", "", _("Leave the room"), leave_call_room, _may_leave, WRITE_ROOMS),
    Command("mute", _("[30m, 2h, 3d, off]"), _("Mute the room"), mute_room, _is_member, WRITE_ROOMS),
)
