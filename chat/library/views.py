"""Show the files of an organisation, a file of them, and what is stored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import is_rows_request
from accounts.permissions import require_admin_membership, require_membership
from accounts.requests import SignedInRequest
from assets.library.schemas import Sort
from assets.storing.services import delete_asset, update_asset
from chat.attachments.schemas import get_file_limits
from chat.library.forms import FileForm
from chat.library.menus import GROUP_NAMES, PERIODS, SORTS, list_people, list_rooms
from chat.library.queries import find_files, get_file, list_uses
from chat.library.schemas import LibraryFilters
from chat.library.storage import load_storage_page
from chat.sidebar.page import get_organisation, page_context, signed_in_page
from lib.media.kinds import Kind
from lib.web.filters import read_filters, read_page_query, read_search
from lib.web.row_pages import ROWS, build_cursor_page

VIEW_COOKIE = "files_view"
VIEWS = ("grid", "list")
COOKIE_SECONDS = 365 * 24 * 3600


@require_safe
@signed_in_page
def list_files(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the files that the user sees, as a grid or a list: the browser keeps which was chosen last."""
    own = require_membership(request.user, slug)
    own.user = request.user
    filters, q, page = read_filters(request, LibraryFilters), read_search(request), read_page_query(request, size=ROWS)
    files = find_files(own=own, filters=filters, q=q, page=page)
    view = _choose_view(request)
    context: dict[str, Any] = {"rows": build_cursor_page(request, files, page, lambda file: file.asset.pk)}
    context |= {"slug": slug, "view": view}
    if is_rows_request(request):
        return render(request, "chat/library/_files.html", context)
    context |= {"own": own, "here": "files", "q": q, "filters": filters, "groups": GROUP_NAMES.items()}
    context |= {"people": list_people(own, filters), "rooms": list_rooms(own, filters)}
    context |= {"periods": PERIODS.items(), "sorts": SORTS.items()}
    context["max_bytes"] = get_file_limits().size
    context["is_narrowed"] = bool(q or filters.model_dump(exclude={"sort"}, exclude_none=True))
    response = render(request, "chat/library/files.html", page_context(request, own.organisation, **context))
    if request.GET.get("view") == view:
        response.set_cookie(
            VIEW_COOKIE, view, max_age=COOKIE_SECONDS, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
        )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def show_file(request: SignedInRequest, slug: str, asset_id: UUID) -> HttpResponse:
    """Show a file; change its name or description by a POST."""
    form = FileForm(request.POST or None)
    if request.method == "POST" and form.submit(update_asset, actor=request.user, asset_id=asset_id):
        messages.success(request, _("Saved."))
        return redirect("chat:file", slug, asset_id)
    own = require_membership(request.user, slug)
    file = get_file(user=request.user, organisation_id=own.organisation_id, asset_id=asset_id)
    if request.method != "POST":
        form = FileForm(initial={"name": file.asset.name, "alt_text": file.asset.alt_text})
    is_own = file.asset.owner_id == request.user.pk
    context: dict[str, Any] = {"file": file, "slug": slug, "form": form, "here": "files", "is_own": is_own}
    context["uses"] = list_uses(user=request.user, asset_id=asset_id)
    context |= {"is_picture": file.asset.kind == Kind.IMAGE, "may_delete": is_own or own.is_admin}
    context = page_context(request, own.organisation, **context)
    return render(request, "chat/library/file.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in_page
def delete_file(request: SignedInRequest, slug: str, asset_id: UUID) -> HttpResponse:
    organisation = get_organisation(request, slug)
    file = get_file(user=request.user, organisation_id=organisation.pk, asset_id=asset_id)
    delete_asset(actor=request.user, asset_id=asset_id)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": file.asset.name})
    return redirect("chat:files", slug)


@require_safe
@signed_in_page
def show_storage(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show administrators what is stored, by kind and by person."""
    own = require_admin_membership(request.user, slug)
    context: dict[str, Any] = {
        "storage": load_storage_page(own.organisation),
        "slug": slug,
        "here": "files",
        "by_size": Sort.SIZE,
    }
    return render(request, "chat/library/storage.html", page_context(request, own.organisation, **context))


def _choose_view(request: SignedInRequest) -> str:
    chosen = request.GET.get("view") or request.COOKIES.get(VIEW_COOKIE, "")
    return chosen if chosen in VIEWS else VIEWS[0]
