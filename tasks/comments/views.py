"""Show the comments on a task, and comment without script."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from chat.room_page.forms import MessageForm
from chat.sidebar.page import signed_in_page
from tasks.comments.html import render_comments
from tasks.comments.services import add_comment


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def show_comments(request: SignedInRequest, task_id: UUID) -> HttpResponse:
    """Show the latest comments, as a part of the page of a task; or add one, and go back there."""
    if request.method == "POST":
        form = MessageForm(request.POST)
        if not form.submit(add_comment, actor=request.user, task_id=task_id):
            raise BadRequest(form.error_text)
        return redirect("tasks:task", task_id)
    context = render_comments(user=request.user, task_id=task_id)
    response = render(request, "tasks/comments/_comments.html", context)
    response["Cache-Control"] = "no-store"
    return response
