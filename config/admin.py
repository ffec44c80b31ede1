"""Django's admin behind our own sign-in, so that it has no door of its own."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import User


class AdminSite(admin.AdminSite):
    site_title = site_header = "Atrium"
    index_title = "Administration"

    def has_permission(self, request: HttpRequest) -> bool:
        """For staff with a second factor: whoever has one has shown it with every session they have."""
        return super().has_permission(request) and cast(User, request.user).second_factor_at is not None

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if self.has_permission(request):
            return redirect("admin:index")
        if super().has_permission(request):
            messages.info(request, "The administration asks for a second factor. Turn one on, then come back.")
            return redirect("accounts:second-factor")
        if request.user.is_authenticated:
            # Sending them to the sign-in would send them straight back here.
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("account_login"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_logout")
