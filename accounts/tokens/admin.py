"""Show tokens in the admin, and end them."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet

from accounts.models import AccessToken, RefreshToken, TokenFamily
from accounts.requests import StaffRequest
from accounts.tokens.services.families import end_any_family
from lib.web.admin import LookupAdmin, perform_on_rows


@admin.register(TokenFamily)
class TokenFamilyAdmin(LookupAdmin):
    """List of sign-ins by token, and of personal tokens with their scopes."""

    list_display = (
        "user",
        "kind",
        "name",
        "scope_list",
        "ip_address",
        "user_agent",
        "last_activity",
        "expires_at",
        "revoked_at",
    )
    list_filter = ("kind", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("user__folded_name", "user__folded_email", "name", "ip_address", "user_agent")
    actions = ("end",)

    @admin.display(description="scopes")
    def scope_list(self, family: TokenFamily) -> str:
        return ", ".join(family.scopes)

    @admin.action(description="End, with all tokens", permissions=["view"])
    def end(self, request: StaffRequest, families: QuerySet[TokenFamily]) -> None:
        perform_on_rows(
            request, families, lambda family: end_any_family(actor=request.user, family_id=family.pk), "Ended"
        )


class TokenAdmin(LookupAdmin):
    list_select_related = ("family__user",)
    search_fields = ("family__user__folded_name", "family__user__folded_email")
    exclude = ("token_hash",)


@admin.register(AccessToken)
class AccessTokenAdmin(TokenAdmin):
    list_display = ("family", "created_at", "expires_at")
    list_filter = ("family__kind", "expires_at")


@admin.register(RefreshToken)
class RefreshTokenAdmin(TokenAdmin):
    list_display = ("family", "created_at", "used_at", "expires_at")
    list_filter = (("used_at", admin.EmptyFieldListFilter), "expires_at")
