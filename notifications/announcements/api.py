"""REST: announcements to all members of an organisation."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.permissions import require_membership
from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from lib.web.openapi import ID, MOMENT, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page, Slug
from notifications.announcements import services
from notifications.announcements.schemas import AnnouncementIn, AnnouncementOut
from notifications.inbox.api import ACTOR
from notifications.models import Announcement

router = Router(tags=["organisations"])

TEXT = {"text": "The office is closed on Monday."}
ANNOUNCEMENT = {"id": ID, "author": ACTOR, "created_at": MOMENT} | TEXT


@router.get(
    "/orgs/{slug}/announcements", response=Page[AnnouncementOut], openapi_extra=show_example(wrap_page(ANNOUNCEMENT))
)
def list_announcements(request: ApiRequest, slug: Slug, page: Query[PageQuery]) -> Page[AnnouncementOut]:
    """List what the administrators of an organisation have told all of its members, the newest first."""
    own = require_membership(request.auth, slug)
    rows = Announcement.objects.filter(organisation=own.organisation).for_listing()
    return paginate(rows, page, AnnouncementOut.of, newest_first=True)


@router.post(
    "/orgs/{slug}/announcements",
    response={201: AnnouncementOut, **list_problems(403)},
    openapi_extra=show_example(ANNOUNCEMENT, body=TEXT, status=201),
)
@needs_admin_scope
def create_announcement(request: ApiRequest, slug: Slug, body: AnnouncementIn) -> Status[AnnouncementOut]:
    """Tell all members of an organisation something: it is in each one's notifications. For its administrators."""
    announcement = services.create_announcement(actor=request.auth, slug=slug, text=body.text)
    return Status(201, AnnouncementOut.of(announcement))


@router.delete("/announcements/{announcement_id}", response={204: None})
@needs_admin_scope
def delete_announcement(request: ApiRequest, announcement_id: UUID) -> Status[None]:
    """Take an announcement back: it goes from the notifications of all members. For administrators."""
    services.delete_announcement(actor=request.auth, announcement_id=announcement_id)
    return Status(204, None)
