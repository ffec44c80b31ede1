"""Describe audit entries about announcements and what organisations suggest."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.audit.descriptions import Descriptions

DESCRIPTIONS = {
    "notifications_announcement": Descriptions(
        _("Announcements"),
        created=_("announced something to all members"),
        deleted=_("took an announcement back"),
    ),
    "notifications_notificationdefaults": Descriptions(
        _("Notification defaults"),
        updated={
            "choices": _("changed what members are told of"),
            "mail_pace": _("changed when mail tells what is unread from {was} to {now}"),
            "mail_content": (_("let mails say what messages say"), _("let mails no longer say what messages say")),
        },
    ),
}
