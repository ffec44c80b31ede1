"""Show and change an organisation in the settings: name, members, invitations, deletion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.forms import ChoiceField, Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import signed_in
from accounts.models import Membership
from accounts.organisations.csv_export import export_members
from accounts.organisations.forms import (
    DeletionForm,
    InvitationForm,
    MailedInvitationForm,
    MessageRulesForm,
    OrganisationForm,
    RoleForm,
)
from accounts.organisations.queries import find_member_count, is_last_owner, search_members
from accounts.organisations.schemas import MemberFilters
from accounts.organisations.services.invitations import (
    create_invitation,
    invite_addresses,
    resend_invitation,
    revoke_invitation,
)
from accounts.organisations.services.members import change_member_role, remove_member
from accounts.organisations.services.organisations import (
    delete_organisation,
    rename_organisation,
)
from accounts.permissions import require_membership, require_owner_membership
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page
from lib.web.errors import Conflict, TooManyAttempts
from lib.web.filters import get_page, is_narrowed, read_filters

Role = Membership.Role
# Pages of them would be more to look through, not less.
MAX_PENDING = 200
ROLE_MESSAGES = {
    Role.OWNER: gettext_lazy("%(name)s is now an owner."),
    Role.ADMIN: gettext_lazy("%(name)s is now an admin."),
    Role.MEMBER: gettext_lazy("%(name)s is now a member."),
    Role.GUEST: gettext_lazy("%(name)s is now a guest."),
}


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A row of the list of members; `can_change` says whether the reader may change its role."""

    membership: Membership
    is_me: bool
    can_change: bool


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_organisation(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show an organisation and its members; rename it by a POST."""
    own = require_membership(request.user, slug)
    form = OrganisationForm(request.POST or None, initial={"name": own.organisation.name})
    if request.method == "POST" and form.submit(rename_organisation, actor=request.user, slug=slug):
        messages.success(request, _("The name is changed."))
        return redirect("accounts:organisation", slug=slug)
    return _render_page(request, own, name_form=form)


@require_safe
@signed_in
def download_members(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Export the list of members, with the same filters, as CSV."""
    own = require_membership(request.user, slug)
    return export_members(own, search_members(own, _read_filters(request, own)))


@require_POST
@signed_in
def create_invite_link(request: SignedInRequest, slug: str) -> HttpResponse:
    """Create an invitation link for anyone who has it."""
    own = require_membership(request.user, slug)
    form = InvitationForm(request.POST, auto_id="link_%s")
    if form.submit(create_invitation, actor=request.user, slug=slug):
        return redirect(f"{reverse('accounts:organisation', args=[slug])}#invitation-{form.result.pk}")
    return _render_page(request, own, invitation_form=form)


@require_POST
@signed_in
def mail_invitations(request: SignedInRequest, slug: str) -> HttpResponse:
    """Mail an invitation to each address of a list."""
    own = require_membership(request.user, slug)
    form = MailedInvitationForm(request.POST)
    origin = request.build_absolute_uri("/")
    is_complete = form.submit(invite_addresses, actor=request.user, slug=slug, origin=origin)
    if sent := form.describe_sent():
        messages.success(request, sent)
    if is_complete:
        return redirect(f"{reverse('accounts:organisation', args=[slug])}#pending")
    return _render_page(request, own, mail_form=form)


@require_POST
@signed_in
def mail_invitation_again(request: SignedInRequest, slug: str, invitation_id: UUID) -> HttpResponse:
    """Mail an open invitation once more."""
    origin = request.build_absolute_uri("/")
    try:
        invitation = resend_invitation(actor=request.user, slug=slug, invitation_id=invitation_id, origin=origin)
    except (Conflict, TooManyAttempts) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Mailed to %(email)s.") % {"email": invitation.email})
    return redirect(f"{reverse('accounts:organisation', args=[slug])}#pending")


@require_POST
@signed_in
def end_invitation(request: SignedInRequest, slug: str, invitation_id: UUID) -> HttpResponse:
    """Revoke an invitation."""
    revoke_invitation(actor=request.user, slug=slug, invitation_id=invitation_id)
    messages.success(request, _("That link no longer works."))
    return redirect("accounts:organisation", slug=slug)


@require_POST
@signed_in
def edit_member_role(request: SignedInRequest, slug: str, user_id: UUID) -> HttpResponse:
    """Change the role of a member."""
    form = RoleForm(request.POST)
    if form.submit(change_member_role, actor=request.user, slug=slug, user_id=user_id):
        membership = form.result
        messages.success(request, ROLE_MESSAGES[Role(membership.role)] % {"name": membership.user.name})
    else:
        messages.error(request, form.error_text)
    # Back to the same row of the same list, where the keyboard goes on.
    return redirect(f"{reverse('accounts:organisation', args=[slug])}?{request.GET.urlencode()}#member-{user_id}")


@require_POST
@signed_in
def end_membership(request: SignedInRequest, slug: str, user_id: UUID) -> HttpResponse:
    """Remove a member, or leave the organisation."""
    name = require_membership(request.user, slug).organisation.name
    try:
        remove_member(actor=request.user, slug=slug, user_id=user_id)
    except Conflict as error:
        messages.error(request, error.detail)
        return redirect("accounts:organisation", slug=slug)
    if user_id == request.user.pk:
        messages.success(request, _("You have left %(name)s.") % {"name": name})
        return redirect("accounts:home")
    messages.success(request, _("They are out, of every room too."))
    return redirect("accounts:organisation", slug=slug)


@require_POST
@signed_in
def confirm_deletion(request: SignedInRequest, slug: str) -> HttpResponse:
    """Delete an organisation."""
    own = require_owner_membership(request.user, slug)
    form = DeletionForm(request.POST)
    if form.submit(delete_organisation, actor=request.user, slug=slug):
        messages.success(request, _("%(name)s and everything in it is gone.") % {"name": own.organisation.name})
        return redirect("accounts:home")
    return _render_page(request, own, deletion_form=form)


def _render_page(request: SignedInRequest, own: Membership, **forms: Form) -> HttpResponse:
    """Render the page with the given forms, and new ones else.

    They are `name_form`, `mail_form`, `invitation_form` and `deletion_form`.
    """
    roles = [(role.value, role.label) for role in Role if role != Role.OWNER or own.role == Role.OWNER]
    forms = {
        "name_form": OrganisationForm(initial={"name": own.organisation.name}),
        "mail_form": MailedInvitationForm(),
        "invitation_form": InvitationForm(auto_id="link_%s"),
        "rules_form": MessageRulesForm(organisation=own.organisation),
        "deletion_form": DeletionForm(),
    } | forms
    for name in ("mail_form", "invitation_form"):
        cast(ChoiceField, forms[name].fields["role"]).choices = roles
    context: dict[str, Any] = {
        "own": own,
        "organisation": own.organisation,
        "roles": roles,
        "must_stay": is_last_owner(own),
    }
    context |= forms | _list_members(request, own)
    if own.is_admin:
        open_invitations = own.organisation.invitations.manageable_by(own).open()
        context["invitations"] = open_invitations.order_by("-pk")[:MAX_PENDING]
        context["without_second_factor"] = own.organisation.memberships.without_second_factor().count()
    return render_settings_page(request, "accounts/organisations/organisation.html", "organisation", **context)


def _list_members(request: SignedInRequest, own: Membership) -> dict[str, Any]:
    """Return the context of the list of members: its filters, and a page of its rows."""
    filters = _read_filters(request, own)
    page = get_page(request, search_members(own, filters).by_name(), count=find_member_count(own, filters))
    return {
        "page": page,
        "rows": [_build_row(membership, own) for membership in page],
        "all_roles": Role.choices,
        "filters": filters,
        "narrowed": is_narrowed(filters),
    }


def _build_row(membership: Membership, own: Membership) -> MemberRow:
    return MemberRow(
        membership=membership,
        is_me=membership.user_id == own.user_id,
        can_change=own.is_admin and (membership.role != Role.OWNER or own.role == Role.OWNER),
    )


def _read_filters(request: SignedInRequest, own: Membership) -> MemberFilters:
    """Return the filters of the address, without that by second factor where the reader is no administrator."""
    filters = read_filters(request, MemberFilters)
    return filters if own.is_admin else filters.model_copy(update={"second_factor": None})
