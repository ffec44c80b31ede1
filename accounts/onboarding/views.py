"""The way in: a first organisation, another one, or a place in somebody else's."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import signed_in
from accounts.models import Invitation, Organisation
from accounts.organisations.forms import OrganisationForm
from accounts.organisations.queries import invitations_awaiting
from accounts.organisations.services.invitations import accept_awaiting_invitation, accept_invitation, read_invitation
from accounts.organisations.services.organisations import create_organisation
from accounts.requests import SignedInRequest
from accounts.settings_page import choose_organisation, render_settings_page
from accounts.sign_up.forms import SignupForm


@require_safe
@signed_in
def home(request: SignedInRequest) -> HttpResponse:
    """Where everybody belongs: the organisation they were last in, or the page that founds one."""
    organisations = list(Organisation.objects.visible_to(request.user).order_by("name"))
    return redirect(choose_organisation(request, organisations) or "accounts:welcome")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def welcome(request: SignedInRequest) -> HttpResponse:
    """The first page of somebody who belongs nowhere yet."""
    if request.method != "POST" and Organisation.objects.visible_to(request.user).exists():
        return redirect("accounts:home")
    return _found(request, "accounts/organisations/welcome.html")


@require_safe
@signed_in
def awaiting(request: SignedInRequest) -> HttpResponse:
    """Where else one is invited to."""
    found = invitations_awaiting(request.user).order_by("-pk")
    return render_settings_page(
        request, "accounts/organisations/awaiting_invitations.html", "awaiting", invitations=found
    )


@require_POST
@signed_in
def acceptance(request: SignedInRequest, invitation_id: UUID) -> HttpResponse:
    return redirect(accept_awaiting_invitation(actor=request.user, invitation_id=invitation_id))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_organisation(request: SignedInRequest) -> HttpResponse:
    return _found(request, "accounts/organisations/organisation_new.html")


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """Where an invite link leads: sign up, or say yes."""
    try:
        invitation = read_invitation(token)
    except ObjectDoesNotExist:
        return render(request, "accounts/organisations/join_gone.html", status=404)
    if not request.user.is_authenticated:
        return _offer_sign_up(request, invitation)
    return _offer_place(request, invitation)


def _found(request: SignedInRequest, template: str) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.submit(create_organisation, actor=request.user, with_invite_link=True):
        return redirect(form.result)
    context = {"form": form, "invitations": invitations_awaiting(request.user).order_by("-pk")}
    return render(request, template, context, status=422 if form.errors else 200)


def _offer_sign_up(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    request.session[INVITATION_SHOWN] = str(invitation.pk)
    form = SignupForm(initial={"invitation": invitation.token, "email": invitation.email})
    return render(request, "account/signup.html", {"form": form})


@signed_in
def _offer_place(request: SignedInRequest, invitation: Invitation) -> HttpResponse:
    user = request.user
    organisation = invitation.organisation
    if organisation.memberships.filter(user=user).exists():
        messages.info(request, _("You’re already in %(name)s.") % {"name": organisation.name})
        return redirect(organisation)
    if request.method == "POST":
        return redirect(accept_invitation(actor=user, token=invitation.token))
    for_somebody_else = bool(invitation.email) and invitation.email != user.email
    return render(
        request, "accounts/organisations/join.html", {"invitation": invitation, "for_somebody_else": for_somebody_else}
    )


# On the session: the invitation that its page has shown to this browser.
INVITATION_SHOWN = "invitation_shown"
