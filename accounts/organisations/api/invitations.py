"""REST: create, list, revoke, read and accept invitations."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from accounts import permissions
from accounts.models import Invitation
from accounts.organisations import queries
from accounts.organisations.api.organisations import HALYARD
from accounts.organisations.schemas import (
    AwaitingInvitationOut,
    InvitationIn,
    InvitationOut,
    InvitationPreview,
    OrganisationOut,
)
from accounts.organisations.services import invitations
from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from lib.web.openapi import INVITATION_TOKEN, MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page, Slug, Token

router = Router(tags=["invitations"])

INVITATION = {
    "id": OTHER_ID,
    "token": INVITATION_TOKEN,
    "url": f"https://atrium.example/join/{INVITATION_TOKEN}/",
    "role": "member",
    "email": "bob@halyard.example",
    "expires_at": MOMENT,
    "accepted_at": None,
    "created_at": MOMENT,
}
PREVIEW = {
    "organisation": {"name": "Halyard", "slug": "halyard"},
    "role": "member",
    "email": None,
    "invited_by": "Alice Moreau",
    "expires_at": MOMENT,
}


@router.get(
    "/orgs/{slug}/invitations",
    response={200: Page[InvitationOut], **list_problems(403)},
    openapi_extra=show_example(wrap_page(INVITATION)),
)
@needs_admin_scope
def list_invitations(request: ApiRequest, slug: Slug, page: Query[PageQuery]) -> Page[InvitationOut]:
    """List the invitations of an organisation that still work, newest first. For owners and administrators.

    Invitations to become an owner are shown to owners alone.
    """
    own = permissions.require_admin_membership(request.auth, slug)
    rows = own.organisation.invitations.manageable_by(own).open()
    return paginate(rows, page, lambda row: _build_invitation_out(request, row), newest_first=True)


@router.post(
    "/orgs/{slug}/invitations",
    response={201: InvitationOut, **list_problems(403, 429)},
    openapi_extra=show_example(INVITATION, status=201, body={"email": "bob@halyard.example", "role": "member"}),
)
@needs_admin_scope
def create_invitation(request: ApiRequest, slug: Slug, body: InvitationIn) -> Status[InvitationOut]:
    """Create an invitation link. With an e-mail address it is mailed there and good once, else it serves every user who
    has it. For owners and administrators; only owners invite owners.
    """
    invitation = invitations.create_invitation(
        actor=request.auth, slug=slug, origin=request.build_absolute_uri("/"), **body.model_dump()
    )
    return Status(201, _build_invitation_out(request, invitation))


@router.delete("/orgs/{slug}/invitations/{invitation_id}", response={204: None, **list_problems(403)})
@needs_admin_scope
def revoke_invitation(request: ApiRequest, slug: Slug, invitation_id: UUID) -> Status[None]:
    """Revoke an invitation: its link is dead at once. For owners and administrators."""
    invitations.revoke_invitation(actor=request.auth, slug=slug, invitation_id=invitation_id)
    return Status(204, None)


@router.post(
    "/orgs/{slug}/invitations/{invitation_id}/resend",
    response={200: InvitationOut, **list_problems(403, 409, 429)},
    openapi_extra=show_example(INVITATION),
)
@needs_admin_scope
def resend_invitation(request: ApiRequest, slug: Slug, invitation_id: UUID) -> InvitationOut:
    """Mail an open invitation to its address again; it then works for a week from now at least.

    For owners and administrators. A link that is for anyone was mailed to nobody: 409.
    """
    invitation = invitations.resend_invitation(
        actor=request.auth, slug=slug, invitation_id=invitation_id, origin=request.build_absolute_uri("/")
    )
    return _build_invitation_out(request, invitation)


@router.get("/invitations/{token}", auth=None, response=InvitationPreview, openapi_extra=show_example(PREVIEW))
def read_invitation(request: HttpRequest, token: Token) -> InvitationPreview:
    """Show where an invitation leads, to every client that has its token, signed in or not."""
    return InvitationPreview.of(invitations.read_invitation(token))


@router.post(
    "/invitations/{token}/accept",
    response={200: OrganisationOut, **list_problems(403)},
    openapi_extra=show_example(HALYARD | {"role": "member"}),
)
def accept_invitation(request: ApiRequest, token: Token) -> OrganisationOut:
    """Join the organisation that an invitation leads to. A member keeps the role they have."""
    membership, _is_new = invitations.accept_invitation(actor=request.auth, token=token)
    return OrganisationOut.of(membership.organisation, role=membership.role)


@router.post("/invitations/{token}/decline", response={204: None, **list_problems(403, 409)})
def decline_invitation(request: ApiRequest, token: Token) -> Status[None]:
    """Decline an invitation for your own address: its link is dead, and the audit log says so.

    A link without an address serves everyone who has it, and stays: 409.
    """
    invitations.decline_invitation(actor=request.auth, token=token)
    return Status(204, None)


@router.get(
    "/me/invitations",
    response=Page[AwaitingInvitationOut],
    openapi_extra=show_example(wrap_page(PREVIEW | {"id": OTHER_ID, "email": "bob@halyard.example"})),
)
def list_awaiting_invitations(request: ApiRequest, page: Query[PageQuery]) -> Page[AwaitingInvitationOut]:
    """List the open invitations for your own e-mail address, once it is confirmed, newest first."""
    awaiting = queries.invitations_awaiting(request.auth)
    return paginate(awaiting, page, AwaitingInvitationOut.of, newest_first=True)


@router.post(
    "/me/invitations/{invitation_id}/accept",
    response=OrganisationOut,
    openapi_extra=show_example(HALYARD | {"role": "member"}),
)
def accept_awaiting_invitation(request: ApiRequest, invitation_id: UUID) -> OrganisationOut:
    """Join the organisation that an invitation for your own confirmed address leads to."""
    membership, _is_new = invitations.accept_awaiting_invitation(actor=request.auth, invitation_id=invitation_id)
    return OrganisationOut.of(membership.organisation, role=membership.role)


@router.post("/me/invitations/{invitation_id}/decline", response={204: None})
def decline_awaiting_invitation(request: ApiRequest, invitation_id: UUID) -> Status[None]:
    """Decline an invitation for your own confirmed address: its link is dead, and the audit log says so."""
    invitations.decline_awaiting_invitation(actor=request.auth, invitation_id=invitation_id)
    return Status(204, None)


def _build_invitation_out(request: HttpRequest, invitation: Invitation) -> InvitationOut:
    return InvitationOut.of(invitation, url=request.build_absolute_uri(invitation.url))
