"""REST: create, list, change and delete organisations."""

from __future__ import annotations

from ninja import Query, Router, Status

from accounts import permissions
from accounts.models import Membership
from accounts.organisations import queries
from accounts.organisations.schemas import OrganisationIn, OrganisationOut, OrganisationPatch
from accounts.organisations.services import organisations
from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from lib.web.openapi import ID, MOMENT, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page, Slug

router = Router(tags=["organisations"])

HALYARD = {
    "id": ID,
    "name": "Halyard",
    "slug": "halyard",
    "role": "owner",
    "requires_second_factor": False,
    "link_previews": True,
    "removes_photo_data": True,
    "edit_window": None,
    "delete_window": 1440,
    "read_receipts": True,
    "emoji_by_admins": False,
    "share_links": True,
    "created_at": MOMENT,
    "updated_at": MOMENT,
}


@router.get("/orgs", response=Page[OrganisationOut], openapi_extra=show_example(wrap_page(HALYARD)))
def list_organisations(request: ApiRequest, page: Query[PageQuery]) -> Page[OrganisationOut]:
    """List the organisations that you are a member of, in the order you joined them."""
    return paginate(queries.memberships_of(request.auth), page, _build_organisation_out)


@router.post(
    "/orgs",
    response={201: OrganisationOut, **list_problems(409)},
    openapi_extra=show_example(HALYARD, status=201, body={"name": "Halyard", "slug": "halyard"}),
)
def create_organisation(request: ApiRequest, body: OrganisationIn) -> Status[OrganisationOut]:
    """Create an organisation, with you as its owner and a `general` room. A slug is made from the name unless given."""
    organisation = organisations.create_organisation(actor=request.auth, **body.model_dump())
    return Status(201, OrganisationOut.of(organisation, role=Membership.Role.OWNER))


@router.get("/orgs/{slug}", response=OrganisationOut, openapi_extra=show_example(HALYARD))
def get_organisation(request: ApiRequest, slug: Slug) -> OrganisationOut:
    """Get an organisation that you are a member of."""
    return _build_organisation_out(permissions.require_membership(request.auth, slug))


@router.patch(
    "/orgs/{slug}",
    response={200: OrganisationOut, **list_problems(403)},
    openapi_extra=show_example(
        HALYARD, body={"name": "Halyard", "link_previews": True, "edit_window": None, "delete_window": 1440}
    ),
)
@needs_admin_scope
def update_organisation(request: ApiRequest, slug: Slug, body: OrganisationPatch) -> OrganisationOut:
    """Rename an organisation, or set what holds for all its members and messages. For owners and administrators.

    The slug stays.
    """
    organisations.update_organisation(actor=request.auth, slug=slug, **body.model_dump(exclude_unset=True))
    return _build_organisation_out(permissions.require_membership(request.auth, slug))


@router.delete("/orgs/{slug}", response={204: None, **list_problems(403)})
@needs_admin_scope
def delete_organisation(request: ApiRequest, slug: Slug) -> Status[None]:
    """Delete an organisation with all its rooms and messages, for ever. For owners."""
    organisations.delete_organisation(actor=request.auth, slug=slug)
    return Status(204, None)


def _build_organisation_out(membership: Membership) -> OrganisationOut:
    return OrganisationOut.of(membership.organisation, role=membership.role)
