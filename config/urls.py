"""Route paths to apps."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from config.health import answer_health
from lib.web.deferred_urls import DeferredURLs
from lib.web.problem_views import answer_not_found

urlpatterns = [
    path("api/v1/health", answer_health),
    DeferredURLs("api/v1/", "config.api", namespace="api", app_name="ninja"),
    re_path(r"^api/", answer_not_found),
    DeferredURLs("", "config.web_app.urls", namespace="web_app", app_name="web_app"),
    # Patterns are tried one after the other: a room's page is requested most.
    DeferredURLs("", "chat.urls", namespace="chat", app_name="chat"),
    DeferredURLs("", "tasks.urls", namespace="tasks", app_name="tasks"),
    DeferredURLs("admin/", "config.admin_urls", namespace="admin", app_name="admin"),
    # allauth's page of addresses can lose the only one, and its pages that take a password count guesses in another
    # way: ours replace them.
    path("accounts/email/", RedirectView.as_view(pattern_name="accounts:address")),
    path("accounts/password/change/", RedirectView.as_view(pattern_name="accounts:password")),
    path("accounts/password/set/", RedirectView.as_view(pattern_name="accounts:password")),
    path("accounts/reauthenticate/", RedirectView.as_view(pattern_name="accounts:password")),
    # Not `allauth.urls`: its pages of providers leave out the nonce, and its pages of connections our rules.
    path("accounts/", include("allauth.account.urls")),
    DeferredURLs("", "assets.urls", namespace="assets", app_name="assets"),
    DeferredURLs("", "notifications.urls", namespace="notifications", app_name="notifications"),
    DeferredURLs("", "accounts.urls", namespace="accounts", app_name="accounts"),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.page_not_found"
handler500 = "config.views.server_error"
