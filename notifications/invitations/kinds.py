"""How invitations are described."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, User
from notifications.invitations.services import KIND
from notifications.kinds import Channels, Description, Kind, register
from notifications.models import Notification


def filter_visible(rows: Sequence[Notification], reader: User) -> list[Notification]:
    """Return those whose invitation still waits for the reader, at the address that they have now. One query."""
    waiting = Invitation.objects.awaiting(reader).filter(pk__in={row.subject for row in rows})
    ids = set(waiting.values_list("pk", flat=True))
    return [row for row in rows if row.subject in ids]


def describe_invitations(rows: Sequence[Notification], reader: User) -> list[Description]:
    """Describe invitations by their organisations and who invites. One query."""
    found: dict[UUID | None, Invitation] = Invitation.objects.select_related("organisation", "created_by").in_bulk(
        {row.subject for row in rows}
    )
    return [_describe_one(found[row.subject]) for row in rows]


def _describe_one(invitation: Invitation) -> Description:
    said = {
        "name": invitation.created_by.name if invitation.created_by else "",
        "organisation": invitation.organisation.name,
    }
    title = (
        gettext("%(name)s invited you to %(organisation)s")
        if invitation.created_by
        else gettext("You were invited to %(organisation)s")
    )
    return Description(title % said, url=invitation.url)


register(
    Kind(
        KIND,
        _("Invitations to organisations"),
        _("Organisation"),
        describe=describe_invitations,
        filter_visible=filter_visible,
        # The mail has been sent already.
        defaults=Channels(in_app=True, push=True),
        icon="users",
        shows_toast=True,
        is_configurable=False,
    )
)
