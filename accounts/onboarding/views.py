"""Show the pages that lead into an organisation: create the first or another one, or accept an invitation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import redirect_to_next, signed_in
from accounts.models import Organisation
from accounts.organisations.forms import OrganisationForm
from accounts.organisations.queries import invitations_awaiting
from accounts.organisations.services.invitations import (
    accept_awaiting_invitation,
    accept_invitation,
    decline_awaiting_invitation,
    decline_invitation,
    read_invitation,
)
from accounts.organisations.services.organisations import create_organisation
from accounts.requests import SignedInRequest
from accounts.settings_page import choose_organisation, render_settings_page
from accounts.sign_up.forms import SignupForm
from lib.web.errors import Conflict


@require_safe
@signed_in
def redirect_home(request: SignedInRequest) -> HttpResponse:
    """Redirect to the organisation that this browser last showed; to the welcome page where the user has none."""
    organisations = list(Organisation.objects.visible_to(request.user).order_by("folded_name"))
    return redirect(choose_organisation(request, organisations) or "accounts:welcome")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def show_welcome(request: SignedInRequest) -> HttpResponse:
    """Let a user who is in no organisation create the first one, or accept an invitation."""
    if request.method != "POST" and Organisation.objects.visible_to(request.user).exists():
        return redirect("accounts:home")
    return _handle_new_organisation(request, "accounts/organisations/welcome.html")


@require_safe
@signed_in
def list_invitations(request: SignedInRequest) -> HttpResponse:
    """List the invitations for the user's confirmed address."""
    invitations = invitations_awaiting(request.user).order_by("-pk")
    return render_settings_page(
        request, "accounts/organisations/awaiting_invitations.html", "awaiting", invitations=invitations
    )


@require_POST
@signed_in
def accept_listed_invitation(request: SignedInRequest, invitation_id: UUID) -> HttpResponse:
    """Accept an invitation from the list."""
    membership, _is_new = accept_awaiting_invitation(actor=request.user, invitation_id=invitation_id)
    return redirect(membership.organisation)


@require_POST
@signed_in
def decline_listed_invitation(request: SignedInRequest, invitation_id: UUID) -> HttpResponse:
    """Decline an invitation from the list."""
    decline_awaiting_invitation(actor=request.user, invitation_id=invitation_id)
    messages.success(request, _("Declined."))
    return redirect_to_next(request, "accounts:awaiting")


@require_POST
@signed_in
def decline_link(request: SignedInRequest, token: str) -> HttpResponse:
    """Decline an invitation on the page of its link."""
    try:
        decline_invitation(actor=request.user, token=token)
    except ObjectDoesNotExist:
        return _report_dead_link(request)
    except Conflict as error:
        messages.error(request, error.detail)
        return redirect("accounts:join", token=token)
    messages.success(request, _("Declined."))
    return redirect("accounts:home")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_organisation(request: SignedInRequest) -> HttpResponse:
    """Create another organisation."""
    return _handle_new_organisation(request, "accounts/organisations/organisation_new.html")


@require_http_methods(["GET", "HEAD", "POST"])
def join_organisation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show where an invite link leads: visitors sign up with it, signed-in users join by a POST."""
    show = _offer_membership if request.user.is_authenticated else _offer_sign_up
    return show(request, token)


def _handle_new_organisation(request: SignedInRequest, template: str) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.submit(create_organisation, actor=request.user, with_invite_link=True):
        return redirect(form.result)
    context = {"form": form, "invitations": invitations_awaiting(request.user).order_by("-pk")}
    return render(request, template, context, status=422 if form.errors else 200)


def _offer_sign_up(request: HttpRequest, token: str) -> HttpResponse:
    try:
        invitation = read_invitation(token)
    except ObjectDoesNotExist:
        return _report_dead_link(request)
    request.session[INVITATION_SHOWN] = str(invitation.pk)
    form = SignupForm(initial={"invitation": token, "email": invitation.email})
    form.invited = invitation
    return render(request, "account/signup.html", {"form": form})


@signed_in
def _offer_membership(request: SignedInRequest, token: str) -> HttpResponse:
    user = request.user
    try:
        if request.method == "POST":
            membership, is_new = accept_invitation(actor=user, token=token)
            organisation, is_member = membership.organisation, not is_new
        else:
            invitation = read_invitation(token)
            organisation = invitation.organisation
            is_member = organisation.memberships.filter(user=user).exists()
    except ObjectDoesNotExist:
        return _report_dead_link(request)
    if is_member:
        messages.info(request, _("You’re already in %(name)s.") % {"name": organisation.name})
    if is_member or request.method == "POST":
        return redirect(organisation)
    for_somebody_else = bool(invitation.email) and invitation.email != user.email
    return render(
        request, "accounts/organisations/join.html", {"invitation": invitation, "for_somebody_else": for_somebody_else}
    )


def _report_dead_link(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/organisations/join_gone.html", status=404)


# Key on the session: the id of the invitation whose page this browser was shown.
INVITATION_SHOWN = "invitation_shown"
