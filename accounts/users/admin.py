"""Register users with the admin, with their rights and actions that lock them out or sign them out."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.contrib import admin
from django.contrib.auth.forms import BaseUserCreationForm
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.models import User
from accounts.requests import StaffRequest
from accounts.users.services.activation import (
    activate_user,
    deactivate_user,
    require_another_administrator,
    sign_out_everywhere,
)
from accounts.users.services.managed_users import RIGHTS, change_rights, create_user
from lib.text.names import clean_name
from lib.web.admin import LookupAdmin, perform_on_rows
from lib.web.errors import Conflict


class UserCreationForm(BaseUserCreationForm):
    """A new user, with a password."""

    class Meta:
        model = User
        fields = ("email", "username", "name")

    def clean_email(self) -> str:
        email: str = get_adapter().clean_email(self.cleaned_data["email"])
        return email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "name" in cleaned:
            cleaned["name"] = clean_name(cleaned["name"])
        return cleaned


class RightsForm(ModelForm):
    """Rights of a user, as a superuser changes them."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not (cleaned.get("role") == User.Role.ADMIN and cleaned.get("is_staff") and cleaned.get("is_superuser")):
            try:
                require_another_administrator(without=self.instance.pk)
            except Conflict as error:
                raise ValidationError(str(error)) from error
        return cleaned


@admin.register(User)
class UserAdmin(LookupAdmin):
    """Users. Superusers change rights here; names and addresses are changed on the pages of users alone."""

    form = RightsForm
    list_display = ("name", "username", "email", "kind", "role", "is_active", "is_staff", "last_login", "created_at")
    list_filter = (
        "kind",
        "role",
        "is_active",
        "is_staff",
        "is_superuser",
        ("second_factor_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("folded_name", "username", "folded_email")
    filter_horizontal = ("groups", "user_permissions")
    actions = ("deactivate", "activate", "sign_out")
    fieldsets = (
        (None, {"fields": ("name", "username", "email", "kind", "email_verified_at")}),
        ("Rights", {"fields": ("role", "is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Two-factor authentication (2FA)", {"fields": ("second_factor_at", "second_factor_due")}),
        ("Settings", {"fields": ("theme", "metadata")}),
        ("Times", {"fields": ("last_login", "seen_at", "created_at", "updated_at")}),
    )
    editable = ("role", "is_staff", "is_superuser", "groups", "user_permissions")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        may_add = admin.ModelAdmin.has_add_permission(self, request)
        return may_add and cast(User, request.user).role == User.Role.ADMIN

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save through the services, which write the audit entries."""
        actor, given = cast(User, request.user), form.cleaned_data
        if not change:
            fields = {field: given[field] for field in ("email", "name", "username")}
            obj.pk = create_user(actor=actor, **fields, password=given["password1"]).pk
        elif actor.is_superuser:
            change_rights(
                actor=actor,
                user_id=obj.pk,
                groups=given["groups"],
                permissions=given["user_permissions"],
                **{right: given[right] for right in RIGHTS},
            )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Do nothing: `save_model` has saved groups and permissions."""

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return ((None, {"fields": ("email", "username", "name", "password1", "password2")}),)
        return self.fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return ()
        # Only superusers change rights: others could give themselves any.
        editable = self.editable if request.user.is_superuser else ()
        fields = [field for _, section in self.fieldsets for field in section["fields"]]
        return [field for field in fields if field not in editable]

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = UserCreationForm
        return super().get_form(request, obj, change, **kwargs)

    @admin.action(description="Lock out, ending all sessions", permissions=["change"])
    def deactivate(self, request: StaffRequest, users: QuerySet[User]) -> None:
        perform_on_rows(request, users, lambda user: deactivate_user(actor=request.user, user_id=user.pk), "Locked out")

    @admin.action(description="Let in again", permissions=["change"])
    def activate(self, request: StaffRequest, users: QuerySet[User]) -> None:
        perform_on_rows(request, users, lambda user: activate_user(actor=request.user, user_id=user.pk), "Let in")

    @admin.action(description="Sign out everywhere", permissions=["change"])
    def sign_out(self, request: StaffRequest, users: QuerySet[User]) -> None:
        perform_on_rows(
            request, users, lambda user: sign_out_everywhere(actor=request.user, user_id=user.pk), "Signed out"
        )
