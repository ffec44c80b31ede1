"""REST: list, change and remove members of an organisation."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from ninja import Query, Router, Status

from accounts import permissions
from accounts.organisations import queries
from accounts.organisations.csv_export import export_members
from accounts.organisations.schemas import MemberFilters, MemberOut, MemberPatch, MemberProfileOut
from accounts.organisations.services import members as members_services
from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from lib.web.openapi import ALICE, ID, MOMENT, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Format, Page, Slug

router = Router(tags=["members"])

MEMBER = {"user": ALICE, "role": "admin", "joined_at": MOMENT}
MEMBER_CSV = (
    '"Id","Name","Username","E-mail","Kind","Role","Active","2FA","Last seen","Member since"\r\n'
    f'"{ID}","Alice Moreau","alice","alice@halyard.example","human","admin","yes","no","{MOMENT}","{MOMENT}"\r\n'
)


@router.get(
    "/orgs/{slug}/members",
    response={200: Page[MemberOut], **list_problems(403)},
    openapi_extra=show_example(wrap_page(MEMBER), csv=MEMBER_CSV),
)
def list_organisation_members(
    request: ApiRequest, slug: Slug, page: Query[PageQuery], filters: Query[MemberFilters], format: Format = "json"
) -> Page[MemberOut] | HttpResponseBase:
    """List the members of an organisation in the order they joined; guests see those they share a room with.

    Owners and administrators see e-mail addresses too, and with `format=csv` get all at once, for a spreadsheet.
    """
    own = permissions.require_membership(request.auth, slug)
    members = queries.search_members(own, filters)
    if format == "csv":
        return export_members(own, members)
    return paginate(members, page, lambda member: MemberOut.of(member, with_email=own.is_admin))


@router.get(
    "/orgs/{slug}/members/{user_id}",
    response={200: MemberProfileOut, **list_problems(403)},
    openapi_extra=show_example(MEMBER | {"time_zone": "Europe/Berlin"}),
)
def get_organisation_member(request: ApiRequest, slug: Slug, user_id: UUID) -> MemberProfileOut:
    """Return a member of an organisation and their time zone; guests see those they share a room with."""
    own = permissions.require_membership(request.auth, slug)
    membership = queries.members_visible_to(own).with_user().get(user=user_id)
    return MemberProfileOut.of(membership, with_email=own.is_admin or own.user_id == user_id)


@router.patch(
    "/orgs/{slug}/members/{user_id}",
    response={200: MemberOut, **list_problems(403, 409)},
    openapi_extra=show_example(MEMBER, body={"role": "admin"}),
)
@needs_admin_scope
def change_organisation_member_role(request: ApiRequest, slug: Slug, user_id: UUID, body: MemberPatch) -> MemberOut:
    """Change the role of a member. For owners and administrators; only owners make or unmake owners."""
    membership = members_services.change_member_role(actor=request.auth, slug=slug, user_id=user_id, role=body.role)
    return MemberOut.of(membership, with_email=True)


@router.delete("/orgs/{slug}/members/{user_id}", response={204: None, **list_problems(403, 409)})
@needs_admin_scope
def remove_organisation_member(request: ApiRequest, slug: Slug, user_id: UUID) -> Status[None]:
    """End a membership: your own to leave, others' as owner or administrator. The last owner can't leave (409)."""
    members_services.remove_member(actor=request.auth, slug=slug, user_id=user_id)
    return Status(204, None)
