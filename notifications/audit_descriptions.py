"""Describe audit entries about announcements."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.audit.descriptions import Descriptions

DESCRIPTIONS = {
    "notifications_announcement": Descriptions(
        _("Announcements"),
        created=_("announced something to all members"),
        deleted=_("took an announcement back"),
    ),
}
