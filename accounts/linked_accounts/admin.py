"""Register linked accounts with the admin. Providers are in the settings, and their tokens are not stored."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin

from accounts.linked_accounts.services import describe_account
from lib.web.admin import LookupAdmin

admin.site.unregister([SocialAccount, SocialApp, SocialToken])


@admin.register(SocialAccount)
class LinkedAccountAdmin(LookupAdmin):
    list_display = ("user", "describe", "provider", "date_joined", "last_login")
    list_filter = ("provider", "date_joined")
    list_select_related = ("user",)
    search_fields = ("user__folded_name", "user__folded_email", "uid")
    date_hierarchy = "date_joined"

    @admin.display(description="account")
    def describe(self, account: SocialAccount) -> str:
        return describe_account(account)
