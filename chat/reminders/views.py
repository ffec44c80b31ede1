"""Show a user's reminders, and let them put these off or be done with them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from chat.chosen_times import find_own_zone
from chat.models import Reminder
from chat.reminders import queries, services
from chat.reminders.forms import CHOICES, ReminderForm
from chat.sidebar.page import get_organisation, page_context, signed_in_page


@require_safe
@signed_in_page
def list_reminders(request: SignedInRequest, slug: str) -> HttpResponse:
    return _render_page(request, slug)


@require_POST
@signed_in_page
def move_reminder(request: SignedInRequest, slug: str, reminder_id: UUID) -> HttpResponse:
    """Move a reminder to another time: one of those that are offered, or any."""
    form = ReminderForm(request.POST)
    reminder = _find_reminder(request, slug, reminder_id)
    if form.submit(services.change_reminder, actor=request.user, reminder_id=reminder.pk):
        return redirect("chat:reminders", slug)
    return _render_page(request, slug, refused=form, refused_id=reminder_id)


@require_POST
@signed_in_page
def finish_reminder(request: SignedInRequest, slug: str, reminder_id: UUID) -> HttpResponse:
    services.finish_reminder(actor=request.user, reminder_id=_find_reminder(request, slug, reminder_id).pk)
    return redirect("chat:reminders", slug)


def _find_reminder(request: SignedInRequest, slug: str, reminder_id: UUID) -> Reminder:
    found: Reminder = Reminder.objects.made_by(request.user).within(slug).get(pk=reminder_id)
    return found


def _render_page(
    request: SignedInRequest, slug: str, *, refused: ReminderForm | None = None, refused_id: UUID | None = None
) -> HttpResponse:
    organisation = get_organisation(request, slug)
    rows = [
        (entry, refused if refused and entry.id == refused_id else ReminderForm.for_reminder(entry.reminder))
        for entry in queries.list_reminders(user=request.user, organisation=organisation)
    ]
    context = page_context(
        request,
        organisation,
        here="reminders",
        due=[row for row in rows if row[0].reminder.is_due],
        coming=[row for row in rows if not row[0].reminder.is_due],
        choices=CHOICES,
        refused_id=refused_id,
        own_zone=find_own_zone(request.user),
    )
    return render(request, "chat/reminders/reminders.html", context, status=422 if refused else 200)
