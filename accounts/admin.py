"""People and organisations in the admin: to look things up, and for what only a system administrator may do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.forms import BaseUserCreationForm
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest

from accounts.errors import Conflict
from accounts.models import (
    AccessToken,
    IdempotencyKey,
    Invitation,
    LoginAttempt,
    Membership,
    Organisation,
    RefreshToken,
    Session,
    TokenFamily,
    User,
)
from accounts.services.administration import activate_user, deactivate_user, end_sign_in, sign_out_everywhere
from accounts.services.names import clean_name


class StaffRequest(HttpRequest):
    """A request that the admin has let in."""

    user: User


class LookupAdmin(admin.ModelAdmin):
    """Shows rows and changes none: what people do goes through the services."""

    actions_on_bottom = False
    list_per_page = 50
    ordering = ("-pk",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def perform(request: HttpRequest, rows: Iterable[Model], operation: Callable[[Any], object], done: str) -> None:
    """Call a service for each chosen row, and say how many it was done for and why not for the others."""
    count = 0
    for row in rows:
        try:
            operation(row)
        except ObjectDoesNotExist:
            messages.warning(request, f"{row}: not yours to change.")
        except (PermissionDenied, Conflict) as error:
            messages.warning(request, f"{row}: {error}")
        else:
            count += 1
    if count:
        messages.success(request, f"{done}: {count}")


class UserCreationForm(BaseUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "username", "name")

    def clean_email(self) -> str:
        return User.objects.normalize_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "name" in cleaned:
            cleaned["name"] = clean_name(cleaned["name"])
        return cleaned


@admin.register(User)
class UserAdmin(LookupAdmin):
    """Rights of system administrators are changed here; names and addresses are their owners' own."""

    list_display = ("name", "username", "email", "kind", "role", "is_active", "is_staff", "last_login", "created_at")
    list_filter = ("kind", "role", "is_active", "is_staff", "is_superuser")
    search_fields = ("name", "username", "email")
    date_hierarchy = "created_at"
    filter_horizontal = ("groups", "user_permissions")
    actions = ("deactivate", "activate", "sign_out")
    fieldsets = (
        (None, {"fields": ("name", "username", "email", "kind", "email_verified_at")}),
        ("Rights", {"fields": ("role", "is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Settings", {"fields": ("theme", "metadata")}),
        ("Times", {"fields": ("last_login", "seen_at", "created_at", "updated_at")}),
    )
    editable = ("role", "is_staff", "is_superuser", "groups", "user_permissions")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return ((None, {"fields": ("email", "username", "name", "password1", "password2")}),)
        return self.fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return ()
        # Only a superuser hands out rights: others could give themselves any.
        editable = self.editable if request.user.is_superuser else ()
        fields = [field for _, section in self.fieldsets for field in section["fields"]]
        return [field for field in fields if field not in editable]

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = UserCreationForm
        return super().get_form(request, obj, change, **kwargs)

    @admin.action(description="Lock out, ending all sessions", permissions=["change"])
    def deactivate(self, request: StaffRequest, users: QuerySet[User]) -> None:
        perform(request, users, lambda user: deactivate_user(actor=request.user, user_id=user.pk), "Locked out")

    @admin.action(description="Let in again", permissions=["change"])
    def activate(self, request: StaffRequest, users: QuerySet[User]) -> None:
        perform(request, users, lambda user: activate_user(actor=request.user, user_id=user.pk), "Let in")

    @admin.action(description="Sign out everywhere", permissions=["change"])
    def sign_out(self, request: StaffRequest, users: QuerySet[User]) -> None:
        perform(request, users, lambda user: sign_out_everywhere(actor=request.user, user_id=user.pk), "Signed out")


@admin.register(Organisation)
class OrganisationAdmin(LookupAdmin):
    list_display = ("name", "slug", "people", "created_by", "created_at")
    list_select_related = ("created_by",)
    search_fields = ("name", "slug")
    date_hierarchy = "created_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        return super().get_queryset(request).annotate(people=Count("memberships"))

    @admin.display(ordering="people")
    def people(self, organisation: Any) -> int:
        return organisation.people


@admin.register(Membership)
class MembershipAdmin(LookupAdmin):
    list_display = ("user", "organisation", "role", "created_at")
    list_filter = ("role",)
    list_select_related = ("user", "organisation")
    search_fields = ("user__name", "user__username", "user__email", "organisation__name", "organisation__slug")


@admin.register(Invitation)
class InvitationAdmin(LookupAdmin):
    """The links themselves are not shown: whoever has one can come in."""

    list_display = ("organisation", "role", "email", "created_by", "expires_at", "accepted_at")
    list_filter = ("role",)
    list_select_related = ("organisation", "created_by")
    search_fields = ("email", "organisation__name", "organisation__slug")
    date_hierarchy = "created_at"


@admin.register(Session)
class SessionAdmin(LookupAdmin):
    """A row's address is its key, which signs its owner in: so rows have neither a link nor a box to tick."""

    list_display = ("user", "ip_address", "user_agent", "last_activity", "created_at", "expire_date")
    list_display_links = None
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email", "ip_address", "user_agent")
    ordering = ("-created_at",)
    actions = None
    exclude = ("session_key", "session_data")


@admin.register(TokenFamily)
class TokenFamilyAdmin(LookupAdmin):
    """Sign-ins by token, and personal tokens with what they are good for."""

    list_display = (
        "user",
        "kind",
        "name",
        "good_for",
        "ip_address",
        "user_agent",
        "last_activity",
        "expires_at",
        "revoked_at",
    )
    list_filter = ("kind", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("user__name", "user__email", "name", "ip_address", "user_agent")
    date_hierarchy = "created_at"
    actions = ("end",)

    @admin.display(description="scopes")
    def good_for(self, family: TokenFamily) -> str:
        return ", ".join(family.scopes)

    @admin.action(description="End, with all tokens", permissions=["view"])
    def end(self, request: StaffRequest, families: QuerySet[TokenFamily]) -> None:
        perform(request, families, lambda family: end_sign_in(actor=request.user, family_id=family.pk), "Ended")


class TokenAdmin(LookupAdmin):
    list_select_related = ("family__user",)
    search_fields = ("family__user__name", "family__user__email")
    exclude = ("token_hash",)


@admin.register(AccessToken)
class AccessTokenAdmin(TokenAdmin):
    list_display = ("family", "created_at", "expires_at")


@admin.register(RefreshToken)
class RefreshTokenAdmin(TokenAdmin):
    list_display = ("family", "created_at", "used_at", "expires_at")


@admin.register(LoginAttempt)
class LoginAttemptAdmin(LookupAdmin):
    list_display = ("created_at", "email", "outcome", "reason", "method", "ip_address", "user_agent")
    list_filter = ("outcome", "reason", "method", "created_at")
    search_fields = ("email", "ip_address", "user_agent")
    date_hierarchy = "created_at"


@admin.register(IdempotencyKey)
class IdempotencyKeyAdmin(LookupAdmin):
    list_display = ("created_at", "method", "path", "status")
    list_filter = ("method", "status")
    search_fields = ("path",)
    exclude = ("answer",)
