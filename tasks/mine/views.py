"""Show what the user has to do."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from chat.sidebar.page import get_organisation, page_context, signed_in_page
from tasks.lists.views import SIGNS
from tasks.mine.queries import load_my_tasks
from tasks.models import Project


@require_safe
@signed_in_page
def show_my_tasks(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the user's tasks in an organisation, by when they are due."""
    organisation = get_organisation(request, slug)
    mine = load_my_tasks(user=request.user, organisation=organisation, today=timezone.localdate())
    writable = Project.objects.writable_by(request.user).filter(organisation=organisation)
    projects = list(writable.order_by("folded_name", "pk"))
    context: dict[str, Any] = {"mine": mine, "projects": projects, "slug": slug, "signs": SIGNS, "here": "my_tasks"}
    return render(request, "tasks/mine/my_tasks.html", page_context(request, organisation, **context))
