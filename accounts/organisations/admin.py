"""Register organisations, memberships and invitations with the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet

from accounts.models import Invitation, Membership, Organisation
from accounts.organisations.services.members import make_owner
from accounts.requests import StaffRequest
from lib.web.admin import LookupAdmin, perform_on_rows


@admin.register(Organisation)
class OrganisationAdmin(LookupAdmin):
    list_display = ("name", "slug", "count_members", "requires_second_factor", "created_by", "created_at")
    list_filter = ("requires_second_factor",)
    list_select_related = ("created_by",)
    search_fields = ("folded_name", "slug")

    @admin.display(ordering="member_count", description="people")
    def count_members(self, organisation: Organisation) -> int | None:
        return organisation.member_count


@admin.register(Membership)
class MembershipAdmin(LookupAdmin):
    list_display = ("user", "organisation", "role", "created_at")
    list_filter = ("role", "user__kind", "user__is_active")
    list_select_related = ("user", "organisation")
    search_fields = (
        "user__folded_name",
        "user__username",
        "user__folded_email",
        "organisation__folded_name",
        "organisation__slug",
    )
    actions = ("make_owner",)

    @admin.action(description="Make owner of the organisation", permissions=["view"])
    def make_owner(self, request: StaffRequest, memberships: QuerySet[Membership]) -> None:
        perform_on_rows(
            request, memberships, lambda row: make_owner(actor=request.user, membership_id=row.pk), "Made owner"
        )


@admin.register(Invitation)
class InvitationAdmin(LookupAdmin):
    """Invitations without their links, which are secrets."""

    list_display = ("organisation", "role", "email", "created_by", "expires_at", "accepted_at")
    list_filter = ("role", "expires_at", ("accepted_at", admin.EmptyFieldListFilter))
    list_select_related = ("organisation", "created_by")
    search_fields = ("email", "organisation__folded_name", "organisation__slug")
