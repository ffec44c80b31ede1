"""Show second factors without their secrets in the admin, and remove those that users have lost."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet

from accounts.mfa.services.enrolment import reset_second_factor
from accounts.models import Passkey, RecoveryCode, SecondFactor
from accounts.requests import StaffRequest
from lib.web.admin import LookupAdmin, perform_on_rows


@admin.register(SecondFactor)
class SecondFactorAdmin(LookupAdmin):
    list_display = ("user", "confirmed", "confirmed_at", "created_at")
    list_filter = ("confirmed",)
    list_select_related = ("user",)
    search_fields = ("user__folded_name", "user__username", "user__folded_email")
    exclude = ("key", "last_t")
    actions = ("take_away",)

    @admin.action(description="Remove the second factor, ending all sessions", permissions=["view"])
    def take_away(self, request: StaffRequest, factors: QuerySet[SecondFactor]) -> None:
        perform_on_rows(
            request,
            factors,
            lambda factor: reset_second_factor(actor=request.user, user_id=factor.user_id),
            "Removed, and told by mail",
        )


@admin.register(Passkey)
class PasskeyAdmin(LookupAdmin):
    list_display = ("user", "name", "is_discoverable", "is_synced", "last_used_at", "created_at")
    list_select_related = ("user",)
    search_fields = ("name", "user__name", "user__username", "user__email")
    exclude = ("public_key", "confirmed")


@admin.register(RecoveryCode)
class RecoveryCodeAdmin(LookupAdmin):
    list_display = ("user", "created_at", "used_at")
    list_filter = (("used_at", admin.EmptyFieldListFilter),)
    list_select_related = ("user",)
    search_fields = ("user__folded_name", "user__username", "user__folded_email")
    exclude = ("code_hash",)
