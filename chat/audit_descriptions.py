"""Describe audit entries about rooms and their members."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.audit.descriptions import Descriptions

DESCRIPTIONS = {
    "chat_room": Descriptions(
        _("Rooms"),
        created=_("created the room {name}"),
        deleted=_("deleted the room {name}"),
        updated={
            "name": _("renamed the room {was} to {now}"),
            "topic": (_("gave the room {name} the topic {now}"), _("took the topic from the room {name}")),
            "emoji": (_("gave the room {name} the emoji {now}"), _("took the emoji from the room {name}")),
            "picture": _("changed the picture of the room {name}"),
            "system_messages": (
                _("let the room {name} tell what happens in it"),
                _("let the room {name} no longer tell what happens in it"),
            ),
            "archived_at": (_("archived the room {name}"), _("unarchived the room {name}")),
        },
        opened={"direct": _("began direct messages")},
    ),
    "chat_usergroup": Descriptions(
        _("Groups"),
        created=_("created the group {name}"),
        deleted=_("deleted the group {name}"),
        updated={
            "name": _("renamed the group {was} to {now}"),
            "handle": _("changed the handle of a group from {was} to {now}"),
            "member": (_("brought {now} into the group {name}"), _("took {was} out of the group {name}")),
        },
    ),
    "chat_customemoji": Descriptions(
        _("Emoji"),
        created=_("added the emoji {name}"),
        deleted=_("deleted the emoji {name}"),
        updated={
            "aliases": (_("gave the emoji {name} the further names {now}"), _("took the further names from {name}"))
        },
    ),
    "chat_report": Descriptions(
        _("Reports of messages"),
        created=_("received a report of a message by {who} in {where}"),
        updated={
            "message_deleted": _("deleted the reported message by {who} in {where}"),
            "state": _("changed a report of a message by {who} in {where} from {was} to {now}"),
        },
    ),
    "chat_roommember": Descriptions(
        _("People in rooms"),
        created=_("brought {who} into {where}"),
        deleted=_("took {who} out of {where}"),
        updated={"role": _("changed {who}’s role in {where} from {was} to {now}")},
        own={"created": _("entered {where}"), "deleted": _("left {where}")},
    ),
}
