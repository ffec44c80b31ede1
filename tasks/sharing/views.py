"""Show a board to anyone who has its link; make, change and revoke that link in the settings of its project."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from chat.sidebar.page import signed_in_page
from lib.rate_limit import RateLimit
from lib.web.client import get_current_ip_address, get_network
from lib.web.errors import TooManyAttempts
from tasks.models import ShareLink
from tasks.projects.page import load_head, project_context
from tasks.projects.permissions import require_project_admin
from tasks.sharing import services
from tasks.sharing.forms import ShareLinkForm, describe_link
from tasks.sharing.page import load_shared_board

# A whole office may sit behind one address.
SHARED_BOARDS = RateLimit("shared-boards", attempts=300, seconds=60)
# Also of answers that a key opens nothing: its address should reach no search engine and no other site.
HEADERS = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


@require_safe
@never_cache
def show_shared_board(request: HttpRequest, key: str) -> HttpResponse:
    """Show the board that a link opens, the same to all, signed in or not. What opens none answers 404."""
    try:
        SHARED_BOARDS.consume(get_network(get_current_ip_address() or ""))
    except TooManyAttempts as error:
        retry = {"Retry-After": str(error.retry_after)}
        return HttpResponse(render_to_string("429.html", request=request), status=429, headers=HEADERS | retry)
    link = ShareLink.objects.with_key(key).open().select_related("project").first()
    if link is None:
        raise Http404
    shown = {"project": link.project, "board": load_shared_board(link)}
    return HttpResponse(render_to_string("tasks/sharing/shared_board.html", shown), headers=HEADERS)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in_page
def edit_share_link(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Show the link to the board of a project to its admins; a POST makes it, or changes what it shows."""
    if request.method == "POST":
        form = ShareLinkForm(request.POST)
        if form.submit(services.save_share_link, actor=request.user, project_id=project_id):
            messages.success(request, _("Saved."))
            return redirect("tasks:sharing", project_id)
        return _render_settings(request, project_id, form)
    return _render_settings(request, project_id)


@require_POST
@signed_in_page
def renew_link(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    services.renew_share_link(actor=request.user, project_id=project_id)
    messages.success(request, _("The link has a new address. The one before no longer works."))
    return redirect("tasks:sharing", project_id)


@require_POST
@signed_in_page
def revoke_link(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    services.revoke_share_link(actor=request.user, project_id=project_id)
    messages.success(request, _("The link no longer works."))
    return redirect("tasks:sharing", project_id)


def _render_settings(request: SignedInRequest, project_id: UUID, form: ShareLinkForm | None = None) -> HttpResponse:
    head = load_head(user=request.user, project_id=project_id)
    require_project_admin(request.user, head.project)
    link = ShareLink.objects.filter(project=project_id).first()
    form = form or ShareLinkForm(initial=describe_link(link or ShareLink()))
    context = project_context(request, head, tab="settings", section="sharing", link=link, form=form)
    return render(request, "tasks/sharing/sharing.html", context, status=422 if form.errors else 200)
