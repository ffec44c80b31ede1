"""List reports for administrators."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from accounts.models import Membership, User
from chat.models import Report, Room
from chat.models.reports import ReportQuerySet


def reports_in(own: Membership, state: str | None) -> ReportQuerySet:
    """Return the reports of the organisation of an administrator's membership: of one state, or all."""
    reports: ReportQuerySet = Report.objects.filter(organisation=own.organisation).for_listing()
    return reports.filter(state=state) if state else reports


def closed_reports_in(own: Membership) -> ReportQuerySet:
    """Return the reports that an administrator has dealt with."""
    return reports_in(own, None).exclude(state=Report.State.OPEN)


def find_visible_rooms(reports: Sequence[Report], user: User) -> set[UUID]:
    """Return which of the rooms of reports a user can open. One query."""
    room_ids = {report.room_id for report in reports if report.room_id}
    return set(Room.objects.visible_to(user).filter(pk__in=room_ids).values_list("pk", flat=True))
