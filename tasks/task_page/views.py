"""Show a task on its page, or in the panel beside a board, a list or a room."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import is_fragment_request
from accounts.requests import SignedInRequest
from chat.sidebar.page import signed_in_page
from tasks.projects.page import project_context
from tasks.task_page.page import load_task_page


@require_safe
@signed_in_page
def show_task(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    page = load_task_page(user=request.user, task_id=task_id)
    if is_fragment_request(request):
        return render(request, "tasks/task/_panel.html", {"page": page})
    context = project_context(request, page.head, tab="task", page=page)
    return render(request, "tasks/task/task.html", context)
