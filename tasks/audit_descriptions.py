"""Describe audit entries about projects."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.audit.descriptions import Descriptions

DESCRIPTIONS = {
    "tasks_calendarfeed": Descriptions(
        _("Calendars"),
        created=_("made an address at which calendars read their tasks"),
        deleted=_("revoked the address at which calendars read their tasks"),
    ),
    "tasks_sharelink": Descriptions(
        _("Share links"),
        created=_("made a link by which anyone can read the board of {name}"),
        deleted=_("revoked the link by which anyone could read the board of {name}"),
        updated={
            "expires_at": _("changed until when the link to the board of {name} works"),
            "assignees": _("changed how the link to the board of {name} shows assignees from {was} to {now}"),
            "shows_descriptions": (
                _("let the link to the board of {name} show descriptions"),
                _("hid descriptions from the link to the board of {name}"),
            ),
        },
    ),
    "tasks_project": Descriptions(
        _("Projects"),
        created=_("created the project {name}"),
        deleted=_("deleted the project {name} for good"),
        updated={
            "name": _("renamed the project {was} to {now}"),
            "key": _("changed the key of the project {name} from {was} to {now}"),
            "visibility": _("changed who sees the project {name} from {was} to {now}"),
            "archived_at": (_("archived the project {name}"), _("unarchived the project {name}")),
            "deleted_at": (_("deleted the project {name}"), _("restored the project {name}")),
        },
    ),
}
