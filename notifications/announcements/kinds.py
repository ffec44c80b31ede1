"""How announcements are described."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from notifications.announcements.services import KIND
from notifications.kinds import Channels, Description, Kind, register
from notifications.models import Announcement, Notification


def filter_visible(rows: Sequence[Notification], reader: User) -> list[Notification]:
    """Return those whose announcement still stands, of organisations that their users are still in. Two queries."""
    ids = Announcement.objects.filter(pk__in={row.subject for row in rows}).values_list("pk", flat=True)
    standing = set(ids)
    members = Membership.objects.filter(
        user__in={row.user_id for row in rows}, organisation__in={row.organisation_id for row in rows}
    )
    inside = set(members.values_list("user", "organisation"))
    return [row for row in rows if row.subject in standing and (row.user_id, row.organisation_id) in inside]


def describe_announcements(rows: Sequence[Notification], reader: User) -> list[Description | None]:
    """Describe announcements: who has made them, and their text. One query."""
    found = Announcement.objects.select_related("author", "organisation").in_bulk({row.subject for row in rows})
    return [_describe_one(found[row.subject]) if row.subject in found else None for row in rows]


def _describe_one(announcement: Announcement) -> Description:
    author = announcement.author.name if announcement.author else ""
    name = announcement.organisation.name
    title = gettext("%(author)s to all of %(organisation)s") if author else gettext("To all of %(organisation)s")
    return Description(title % {"author": author, "organisation": name}, announcement.text)


register(
    Kind(
        KIND,
        _("Announcements by administrators"),
        _("Organisation"),
        describe=describe_announcements,
        filter_visible=filter_visible,
        defaults=Channels(in_app=True, push=True, mail=True),
        icon="megaphone",
        shows_toast=True,
        is_alike=True,
    )
)
