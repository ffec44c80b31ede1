"""Route paths to apps."""

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from config.api import api
from lib.web.problem_views import answer_not_found

urlpatterns = [
    path("api/v1/", api.urls),
    re_path(r"^api/", answer_not_found),
    # Patterns are tried one after the other: a room's page is requested most.
    path("", include("chat.urls")),
    path("admin/", admin.site.urls),
    # allauth's page of addresses can lose the only one, and its pages that take a password count guesses in another
    # way: ours replace them.
    path("accounts/email/", RedirectView.as_view(pattern_name="accounts:address")),
    path("accounts/password/change/", RedirectView.as_view(pattern_name="accounts:password")),
    path("accounts/password/set/", RedirectView.as_view(pattern_name="accounts:password")),
    path("accounts/reauthenticate/", RedirectView.as_view(pattern_name="accounts:password")),
    # Not `allauth.urls`: its pages of providers leave out the nonce, and its pages of connections our rules.
    path("accounts/", include("allauth.account.urls")),
    path("", include("accounts.urls")),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.page_not_found"
handler500 = "config.views.server_error"
