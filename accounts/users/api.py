"""REST: list, create and change accounts, for system administrators. All others get 404 or 403."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from ninja import Query, Router, Status

from accounts import permissions
from accounts.mfa.services import enrolment
from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from accounts.users import queries
from accounts.users.csv_export import export_users
from accounts.users.schemas import ManagedUserIn, ManagedUserOut, ManagedUserPatch, UserFilters
from accounts.users.services import activation, managed_users
from lib.web.client import get_origin
from lib.web.openapi import ALICE, ID, MOMENT, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Format, Page

router = Router(tags=["administration"])

MANAGED = ALICE | {
    "email": "alice@halyard.example",
    "role": "user",
    "is_active": True,
    "email_verified": True,
    "second_factor": False,
    "organisations": 2,
    "last_login": MOMENT,
    "last_seen": None,
    "created_at": MOMENT,
}
MANAGED_CSV = (
    '"Id","Name","Username","E-mail","E-mail confirmed","Kind","Role","Active","2FA","Organisations",'
    '"Last sign-in","Last seen","Since"\r\n'
    f'"{ID}","Alice Moreau","alice","alice@halyard.example","yes","human","user","yes","no","2",'
    f'"{MOMENT}","","{MOMENT}"\r\n'
)


@router.get(
    "/admin/users",
    response={200: Page[ManagedUserOut], **list_problems(403)},
    openapi_extra=show_example(wrap_page(MANAGED), csv=MANAGED_CSV),
)
def list_users(
    request: ApiRequest, page: Query[PageQuery], filters: Query[UserFilters], format: Format = "json"
) -> Page[ManagedUserOut] | HttpResponseBase:
    """List all users in the order they signed up; with `format=csv` all of them at once, for a spreadsheet."""
    permissions.require_system_administrator(request.auth)
    users = queries.managed_users(request.auth, filters)
    return export_users(users) if format == "csv" else paginate(users, page, ManagedUserOut.of)


@router.post(
    "/admin/users",
    response={201: ManagedUserOut, **list_problems(403, 409)},
    openapi_extra=show_example(MANAGED, status=201, body={"email": "alice@halyard.example", "name": "Alice Moreau"}),
)
@needs_admin_scope
def create_user(request: ApiRequest, body: ManagedUserIn) -> Status[ManagedUserOut]:
    """Create an account for a user. Without a password they get a mail with a link to choose one."""
    user = managed_users.create_user(actor=request.auth, **body.model_dump(), origin=get_origin(request))
    return Status(201, _build_user_out(request, user.pk))


@router.get("/admin/users/{user_id}", response=ManagedUserOut, openapi_extra=show_example(MANAGED))
def get_user(request: ApiRequest, user_id: UUID) -> ManagedUserOut:
    """Get the account of a user or an agent."""
    return _build_user_out(request, user_id)


@router.patch(
    "/admin/users/{user_id}",
    response={200: ManagedUserOut, **list_problems(403, 409)},
    openapi_extra=show_example(MANAGED, body={"name": "Alice Moreau", "role": "user"}),
)
@needs_admin_scope
def update_user(request: ApiRequest, user_id: UUID, body: ManagedUserPatch) -> ManagedUserOut:
    """Change the fields that are given. One system administrator remains (409); agents are not changed here (403)."""
    managed_users.update_user(
        actor=request.auth, user_id=user_id, **body.model_dump(exclude_unset=True), origin=get_origin(request)
    )
    return _build_user_out(request, user_id)


@router.post(
    "/admin/users/{user_id}/deactivate",
    response={200: ManagedUserOut, **list_problems(403, 409)},
    openapi_extra=show_example(MANAGED | {"is_active": False}),
)
def deactivate_user(request: ApiRequest, user_id: UUID) -> ManagedUserOut:
    """Lock a user out at once, everywhere. What they wrote stays. Refused (409) for the last system administrator, and
    for the last owner of an organisation with other members.
    """
    activation.deactivate_user(actor=request.auth, user_id=user_id)
    return _build_user_out(request, user_id)


@router.post("/admin/users/{user_id}/activate", response=ManagedUserOut, openapi_extra=show_example(MANAGED))
def activate_user(request: ApiRequest, user_id: UUID) -> ManagedUserOut:
    """Let a user who was locked out sign in again."""
    activation.activate_user(actor=request.auth, user_id=user_id)
    return _build_user_out(request, user_id)


@router.post("/admin/users/{user_id}/sign-out", response={204: None})
def sign_user_out(request: ApiRequest, user_id: UUID) -> Status[None]:
    """End all sessions and tokens of a user, personal ones too; they may sign in again."""
    activation.sign_out_everywhere(actor=request.auth, user_id=user_id)
    return Status(204, None)


@router.delete("/admin/users/{user_id}/two-factor", response={204: None, **list_problems(403, 409)})
@needs_admin_scope
def take_second_factor_away(request: ApiRequest, user_id: UUID) -> Status[None]:
    """Remove the second factor of a user who has lost app and recovery codes: their password alone signs them in."""
    enrolment.reset_second_factor(actor=request.auth, user_id=user_id)
    return Status(204, None)


def _build_user_out(request: ApiRequest, user_id: UUID) -> ManagedUserOut:
    return ManagedUserOut.of(queries.managed_users(request.auth).get(pk=user_id))
