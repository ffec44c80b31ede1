"""Read the audit log over REST."""

from __future__ import annotations

from ninja import Query, Router

from accounts import permissions
from accounts.audit import queries
from accounts.audit.schemas import AuditEntryOut, AuditFilters, SystemAuditFilters
from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from lib.web.openapi import ALICE, ID, MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page, Slug

router = Router()

ENTRY = {
    "id": OTHER_ID,
    "organisation": {"name": "Halyard", "slug": "halyard"},
    "user": ALICE,
    "action": "update",
    "table_name": "accounts_membership",
    "record_id": ID,
    "record_name": "Bob Lindqvist in Halyard",
    "changes": {"role": ["member", "admin"]},
    "ip_address": "192.0.2.7",
    "created_at": MOMENT,
}


@router.get(
    "/orgs/{slug}/audit",
    tags=["organisations"],
    response={200: Page[AuditEntryOut], **list_problems(403)},
    openapi_extra=show_example(wrap_page(ENTRY)),
)
@needs_admin_scope
def list_audit_entries(
    request: ApiRequest, slug: Slug, page: Query[PageQuery], filters: Query[AuditFilters]
) -> Page[AuditEntryOut]:
    """List the audit entries of an organisation, newest first. For its owners and administrators."""
    entries = queries.find_organisation_entries(permissions.require_admin_membership(request.auth, slug)).matching(
        **filters.model_dump()
    )
    return paginate(entries, page, AuditEntryOut.of, newest_first=True)


@router.get(
    "/admin/audit",
    tags=["administration"],
    response={200: Page[AuditEntryOut], **list_problems(403)},
    openapi_extra=show_example(wrap_page(ENTRY)),
)
def list_all_audit_entries(
    request: ApiRequest, page: Query[PageQuery], filters: Query[SystemAuditFilters]
) -> Page[AuditEntryOut]:
    """List all audit entries, newest first, those of users and their sign-ins too. For system administrators."""
    criteria = filters.model_dump()
    slug = criteria.pop("organisation")
    entries = queries.find_all_entries(request.auth).matching(**criteria)
    if slug is not None:
        entries = entries.filter(organisation__slug=slug)
    return paginate(entries, page, AuditEntryOut.of, newest_first=True)
