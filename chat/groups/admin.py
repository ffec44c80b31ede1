"""Show groups of users in the admin."""

from __future__ import annotations

from django.contrib import admin

from chat.models import UserGroup, UserGroupMember
from lib.web.admin import LookupAdmin


@admin.register(UserGroup)
class UserGroupAdmin(LookupAdmin):
    list_display = ("handle", "name", "organisation", "created_by", "created_at")
    list_select_related = ("organisation", "created_by")
    search_fields = ("handle", "folded_name")


@admin.register(UserGroupMember)
class UserGroupMemberAdmin(LookupAdmin):
    list_display = ("user", "group", "created_at")
    list_select_related = ("user", "group")
    search_fields = ("user__folded_name", "user__username", "group__handle")
