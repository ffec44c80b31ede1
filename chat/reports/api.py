"""REST: report messages, list reports and close them."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from ninja import Query, Router, Status

from accounts.permissions import require_admin_membership
from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from chat.models import Report
from chat.reports import services
from chat.reports.queries import reports_in
from chat.reports.schemas import ReportedOut, ReportIn, ReportOut, ResolutionIn, State
from lib.web.openapi import ALICE, ID, MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page, Slug

router = Router()

REPORTED = {"id": ID, "state": "open", "created_at": MOMENT}
REPORT = REPORTED | {
    "message_id": OTHER_ID,
    "room_id": OTHER_ID,
    "room_name": "design",
    "author": {"id": OTHER_ID, "name": "Bob Okafor", "username": "bob"},
    "reporter": {name: ALICE[name] for name in ("id", "name", "username")},
    "reason": "This is about a customer, by name.",
    "content": "You won’t believe who called.",
    "is_edited": False,
    "is_deleted": False,
    "resolved_at": None,
    "resolved_by": None,
}


@router.post(
    "/messages/{message_id}/report",
    tags=["messages"],
    response={200: ReportedOut, 201: ReportedOut, **list_problems(403, 429)},
    openapi_extra=show_example(REPORTED, body={"reason": REPORT["reason"]}, also={201: REPORTED}),
)
def report_message(request: ApiRequest, message_id: UUID, body: ReportIn) -> Status[ReportedOut]:
    """Report a message of another user to the administrators of its organisation. Its author is not told.

    They see the message as it is now, and your reason. Again, before they have dealt with it, it answers 200 with your
    first report.
    """
    report, is_new = services.report_message(actor=request.auth, message_id=message_id, reason=body.reason)
    return Status(201 if is_new else 200, ReportedOut.of(report))


@router.get(
    "/orgs/{slug}/reports",
    tags=["organisations"],
    response={200: Page[ReportOut], **list_problems(403)},
    openapi_extra=show_example(wrap_page(REPORT)),
)
@needs_admin_scope
def list_reports(
    request: ApiRequest, slug: Slug, page: Query[PageQuery], state: State | None = None
) -> Page[ReportOut]:
    """List the messages that members have reported, the newest report first. For owners and administrators."""
    reports = reports_in(require_admin_membership(request.auth, slug), state)
    return paginate(reports, page, partial(ReportOut.read_by, request.auth), newest_first=True)


@router.post(
    "/reports/{report_id}/resolve",
    tags=["organisations"],
    response={200: ReportOut, **list_problems(409)},
    openapi_extra=show_example(REPORT | {"state": "resolved"}, body={"delete_message": True}),
)
@needs_admin_scope
def resolve_report(request: ApiRequest, report_id: UUID, body: ResolutionIn) -> ReportOut:
    """Close a report as dealt with, and delete its message if wanted. For owners and administrators.

    409 with the code `report_closed` where another has closed it.
    """
    services.resolve_report(actor=request.auth, report_id=report_id, delete_message=body.delete_message)
    return _load_report(request, report_id)


@router.post(
    "/reports/{report_id}/dismiss",
    tags=["organisations"],
    response={200: ReportOut, **list_problems(409)},
    openapi_extra=show_example(REPORT | {"state": "dismissed"}),
)
@needs_admin_scope
def dismiss_report(request: ApiRequest, report_id: UUID) -> ReportOut:
    """Close a report about which nothing is to be done. For owners and administrators."""
    services.dismiss_report(actor=request.auth, report_id=report_id)
    return _load_report(request, report_id)


def _load_report(request: ApiRequest, report_id: UUID) -> ReportOut:
    return ReportOut.read_by(request.auth, Report.objects.for_listing().get(pk=report_id))
