"""Change what holds for all of an organisation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import signed_in
from accounts.organisations.forms import EnforcementForm, MessageRulesForm, SwitchForm
from accounts.organisations.services.organisations import (
    require_second_factor,
    set_link_previews,
    set_message_rules,
    set_photo_data_removal,
    set_share_links,
)
from accounts.permissions import require_admin_membership
from accounts.requests import SignedInRequest


@require_POST
@signed_in
def enforce_second_factor(request: SignedInRequest, slug: str) -> HttpResponse:
    """Set whether all members sign in with a second factor."""
    form = EnforcementForm(request.POST)
    if form.submit(require_second_factor, actor=request.user, slug=slug):
        is_required = form.result.requires_second_factor
        required, optional = (
            _("Two-factor authentication is required of everybody now."),
            _("Two-factor authentication is optional now."),
        )
        messages.success(request, required if is_required else optional)
    return redirect("accounts:organisation", slug=slug)


@require_POST
@signed_in
def switch_link_previews(request: SignedInRequest, slug: str) -> HttpResponse:
    """Set whether messages get previews of the pages that they link to."""
    form = SwitchForm(request.POST)
    if form.submit(set_link_previews, actor=request.user, slug=slug):
        messages.success(
            request, _("Link previews are on.") if form.result.link_previews else _("Link previews are off.")
        )
    return redirect("accounts:organisation", slug=slug)


@require_POST
@signed_in
def switch_photo_data_removal(request: SignedInRequest, slug: str) -> HttpResponse:
    """Set whether files are stored without location and camera."""
    form = SwitchForm(request.POST)
    if form.submit(set_photo_data_removal, actor=request.user, slug=slug):
        removed = _("Location and camera are removed from now on.")
        kept = _("Location and camera are kept from now on.")
        messages.success(request, removed if form.result.removes_photo_data else kept)
    return redirect("accounts:organisation", slug=slug)


@require_POST
@signed_in
def switch_share_links(request: SignedInRequest, slug: str) -> HttpResponse:
    """Set whether boards can be shared by links."""
    form = SwitchForm(request.POST)
    if form.submit(set_share_links, actor=request.user, slug=slug):
        allowed, forbidden = _("Boards can be shared by links now."), _("All share links are revoked.")
        messages.success(request, allowed if form.result.share_links else forbidden)
    return redirect("accounts:organisation", slug=slug)


@require_POST
@signed_in
def change_message_rules(request: SignedInRequest, slug: str) -> HttpResponse:
    """Set for how long authors may edit and delete messages, and whether members see who has read one."""
    own = require_admin_membership(request.user, slug)
    form = MessageRulesForm(request.POST, organisation=own.organisation)
    if form.submit(set_message_rules, actor=request.user, slug=slug):
        messages.success(request, _("The rules for messages are changed."))
    return redirect("accounts:organisation", slug=slug)
