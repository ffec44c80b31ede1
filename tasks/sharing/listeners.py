"""Follow organisations that forbid share links."""

from __future__ import annotations

from accounts.audit.services import record_deleted
from accounts.models import Organisation, User
from tasks.models import ShareLink


def share_links_forbidden(*, organisation: Organisation, actor: User) -> None:
    """Revoke all links to boards of an organisation."""
    links = ShareLink.objects.filter(project__organisation=organisation).select_related("project")
    for link in links:
        record_deleted(actor, link, organisation=organisation, name=link.project.name)
    links.delete()
