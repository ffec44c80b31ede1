"""Put Django's admin behind our own sign-in."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import User


class AdminSite(admin.AdminSite):
    """Admin site that asks for a second factor."""

    site_title = site_header = "Atrium"
    index_title = "Administration"

    def has_permission(self, request: HttpRequest) -> bool:
        """Allow staff with a second factor, which each of their sessions has verified."""
        return super().has_permission(request) and cast(User, request.user).second_factor_at is not None

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Redirect to our own sign-in, or staff without a second factor to its settings."""
        if self.has_permission(request):
            return redirect("admin:index")
        if super().has_permission(request):
            messages.info(request, "The administration asks for a second factor. Turn one on, then come back.")
            return redirect("accounts:second-factor")
        if request.user.is_authenticated:
            # The sign-in would redirect a signed-in user straight back.
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("account_login"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        """Redirect to our own sign-out."""
        return redirect("account_logout")
