"""Show the browsers that get pushes, in the settings; try one, and end the pushes to one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import is_fragment_request, signed_in
from accounts.requests import SignedInRequest
from notifications.push.queries import list_push_devices
from notifications.push.services import delete_push_subscription, send_push_test


@require_safe
@signed_in
def list_devices(request: SignedInRequest) -> HttpResponse:
    """Show the browsers of a user as a fragment; without a script, on the page of the settings."""
    if not is_fragment_request(request):
        return redirect("notifications:settings")
    devices = list_push_devices(request.user, session_id=request.session.public_id)
    return render(request, "notifications/push/_devices.html", {"devices": devices})


@require_POST
@signed_in
def test_device(request: SignedInRequest, subscription_id: UUID) -> HttpResponse:
    send_push_test(actor=request.user, subscription_id=subscription_id)
    return _answer_change(request, _("Sent. It should appear in a moment."))


@require_POST
@signed_in
def end_device(request: SignedInRequest, subscription_id: UUID) -> HttpResponse:
    delete_push_subscription(actor=request.user, subscription_id=subscription_id)
    return _answer_change(request, _("That device shows no notifications any more."))


def _answer_change(request: SignedInRequest, text: str) -> HttpResponse:
    if is_fragment_request(request):
        devices = list_push_devices(request.user, session_id=request.session.public_id)
        return render(request, "notifications/push/_devices.html", {"devices": devices})
    messages.success(request, text)
    return redirect("notifications:settings")
