"""Show what a user wants to be sent later, and let them change it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from chat.chosen_times import find_own_zone
from chat.models import ScheduledMessage
from chat.scheduled import services
from chat.scheduled.forms import ScheduledForm
from chat.scheduled.queries import list_scheduled
from chat.sidebar.page import get_organisation, page_context, signed_in_page
from lib.web.errors import Conflict


@require_safe
@signed_in_page
def list_messages(request: SignedInRequest, slug: str) -> HttpResponse:
    return _render_page(request, slug)


@require_POST
@signed_in_page
def edit_message(request: SignedInRequest, slug: str, scheduled_id: UUID) -> HttpResponse:
    """Change the text and the time of a message."""
    scheduled = _find_message(request, slug, scheduled_id)
    form = ScheduledForm(request.POST)
    if form.submit(services.change_scheduled_message, actor=request.user, scheduled_id=scheduled.pk):
        return redirect("chat:scheduled", slug)
    return _render_page(request, slug, refused=form, refused_id=scheduled_id)


@require_POST
@signed_in_page
def delete_message(request: SignedInRequest, slug: str, scheduled_id: UUID) -> HttpResponse:
    scheduled = _find_message(request, slug, scheduled_id)
    services.delete_scheduled_message(actor=request.user, scheduled_id=scheduled.pk)
    return redirect("chat:scheduled", slug)


@require_POST
@signed_in_page
def send_message(request: SignedInRequest, slug: str, scheduled_id: UUID) -> HttpResponse:
    scheduled = _find_message(request, slug, scheduled_id)
    try:
        posted = services.send_scheduled_message(actor=request.user, scheduled_id=scheduled.pk)
    except Conflict as error:
        messages.error(request, str(error))
    else:
        messages.add_message(
            request,
            messages.SUCCESS if posted else messages.ERROR,
            _("The message is sent.") if posted else _("It could not be sent."),
        )
    return redirect("chat:scheduled", slug)


@require_POST
@signed_in_page
def return_to_composer(request: SignedInRequest, slug: str, scheduled_id: UUID) -> HttpResponse:
    """Make a message the draft of its room or thread again, and go there."""
    scheduled = _find_message(request, slug, scheduled_id)
    draft = services.return_to_composer(actor=request.user, scheduled_id=scheduled.pk)
    thread = draft.thread_id
    return redirect(reverse("chat:thread", args=[thread]) if thread else reverse("chat:room", args=[draft.room_id]))


def _find_message(request: SignedInRequest, slug: str, scheduled_id: UUID) -> ScheduledMessage:
    own = ScheduledMessage.objects.written_by(request.user).within(slug)
    found: ScheduledMessage = own.get(pk=scheduled_id)
    return found


def _render_page(
    request: SignedInRequest, slug: str, *, refused: ScheduledForm | None = None, refused_id: UUID | None = None
) -> HttpResponse:
    organisation = get_organisation(request, slug)
    entries = list_scheduled(user=request.user, organisation=organisation)
    rows = [
        (entry, refused if entry.id == refused_id and refused else ScheduledForm.for_message(entry.scheduled))
        for entry in entries
    ]
    context = page_context(request, organisation, rows=rows, here="scheduled", own_zone=find_own_zone(request.user))
    context["refused_id"] = refused_id
    return render(request, "chat/scheduled/scheduled.html", context, status=422 if refused else 200)
