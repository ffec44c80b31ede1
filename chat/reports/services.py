"""Report messages, and close reports."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_created_in_confidence, record_updated
from accounts.models import Organisation, User
from chat.excerpts import describe_files
from chat.messages.services.edit import delete_message_as_administrator
from chat.models import Message, Report
from chat.models.reports import MAX_REASON
from chat.notifying.names import REPORT
from chat.notifying.services import notify_of_report
from chat.reports import events
from lib.db.transactions import after_commit
from lib.rate_limit import RateLimit
from lib.web.errors import Conflict
from notifications.inbox.services import mark_subject_read

# Per user.
REPORTS = RateLimit("reports", attempts=20, seconds=3600)


def report_message(*, actor: User, message_id: UUID, reason: str) -> tuple[Report, bool]:
    """Report a message of another user to the administrators of its organisation; return the report, and if it is new.

    Its author is not told. The audit entry names neither actor nor address: the author may be one who reads it. A
    message that the actor has reported, and that nobody has dealt with yet, is not reported again.

    Raise Message.DoesNotExist for a hidden or deleted message, PermissionDenied for one of the actor's own, and
    TooManyAttempts.
    """
    messages = Message.objects.visible_to(actor).not_deleted().select_related("author", "room")
    message = messages.get(pk=message_id)
    if message.author_id == actor.pk:
        raise PermissionDenied(_("That is a message of your own. Delete it instead."))
    if message.type == Message.Type.SYSTEM:
        raise PermissionDenied(_("Only what members have written can be reported."))
    reason = _clean_reason(reason)
    if earlier := Report.objects.open().filter(message=message, reporter=actor).first():
        return earlier, False
    REPORTS.consume(str(actor.pk))
    return _save_report(actor, message, reason)


@transaction.atomic
def resolve_report(*, actor: User, report_id: UUID, delete_message: bool = False) -> Report:
    """Close a report as dealt with. With `delete_message` its message is deleted, and all reports of it are closed.

    Raise Report.DoesNotExist for anyone but administrators, Conflict for a report that is closed already.
    """
    report = _lock_open_report(actor, report_id)
    reports = [report]
    if delete_message and report.message_id:
        reports += Report.objects.open().filter(message=report.message_id).exclude(pk=report.pk)
        # It may be gone already, and an administrator need not be in its room.
        if delete_message_as_administrator(actor=actor, message_id=report.message_id):
            record_updated(actor, report, organisation=report.organisation, message_deleted=(False, True))
    for each in reports:
        _close_report(actor, each, report.organisation, Report.State.RESOLVED)
    _count_open(report.organisation)
    return report


@transaction.atomic
def dismiss_report(*, actor: User, report_id: UUID) -> Report:
    """Close a report about which nothing is to be done. Raise as `resolve_report` does."""
    report = _lock_open_report(actor, report_id)
    _close_report(actor, report, report.organisation, Report.State.DISMISSED)
    _count_open(report.organisation)
    return report


def _clean_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason or "\0" in reason:
        raise ValidationError({"reason": _("Say what is wrong with it.")})
    if len(reason) > MAX_REASON:
        raise ValidationError({"reason": format_lazy(_("A reason holds up to {count} characters."), count=MAX_REASON)})
    return reason


@transaction.atomic
def _save_report(actor: User, message: Message, reason: str) -> tuple[Report, bool]:
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=message.room.organisation_id)
    report, is_new = Report.objects.get_or_create(
        message=message,
        reporter=actor,
        state=Report.State.OPEN,
        defaults={
            "organisation": organisation,
            "room": message.room,
            "room_name": message.room.name,
            "author": message.author,
            "reason": reason,
            "content": message.content or describe_files(message),
            "version": message.version,
        },
    )
    if is_new:
        record_created_in_confidence(report, organisation=organisation, message=message.pk)
        _count_open(organisation)
        notify_of_report(report)
    return report, is_new


def _lock_open_report(actor: User, report_id: UUID) -> Report:
    """Return an open report, the row of its organisation locked: reports of one are made and closed in turn."""
    organisation_id = Report.objects.administered_by(actor).values_list("organisation", flat=True).get(pk=report_id)
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
    report: Report = Report.objects.for_listing().get(pk=report_id)
    report.organisation = organisation
    if report.state != Report.State.OPEN:
        raise Conflict(_("Another administrator has closed this report already."), "report_closed")
    return report


def _close_report(actor: User, report: Report, organisation: Organisation, state: str) -> None:
    former, report.state = report.state, state
    report.resolved_by, report.resolved_at = actor, timezone.now()
    report.save(update_fields=["state", "resolved_by", "resolved_at", "updated_at"])
    record_updated(actor, report, organisation=organisation, state=(former, report.state))
    mark_subject_read(subject=report.pk, kind=REPORT)


def _count_open(organisation: Organisation) -> None:
    """Count the open reports of an organisation anew, and tell its administrators; its row is locked."""
    organisation.open_reports = Report.objects.open().filter(organisation=organisation).count()
    organisation.save(update_fields=["open_reports"])
    after_commit(events.reports_counted, organisation)
