"""Show the board of a project, and what has changed on it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import is_fragment_request
from accounts.requests import SignedInRequest
from chat.sidebar.page import signed_in_page
from tasks.board.page import load_board, load_board_changes
from tasks.projects.page import load_head, project_context
from tasks.saved_views.queries import list_views
from tasks.work.page import build_filter_bar, read_task_query
from tasks.work.queries import load_choices

# A browser that has heard of more tasks loads the board anew.
MAX_NAMED = 500


@require_safe
@signed_in_page
def show_board(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Show the tasks of a project in their columns, narrowed as the address says; a script gets the columns alone."""
    head = load_head(user=request.user, project_id=project_id)
    query, choices = read_task_query(request), load_choices(head.project)
    bar = build_filter_bar(request, query, choices, user=request.user)
    board = load_board(head.project, choices.columns, query, user=request.user, may_write=head.may_write)
    if is_fragment_request(request):
        shown = {"project": head.project, "head": head, "board": board, "bar": bar}
        return render(request, "tasks/board/_board.html", shown)
    views = list_views(user=request.user, project_id=project_id)
    context = project_context(request, head, tab="board", board=board, bar=bar, views=views)
    return render(request, "tasks/board/board.html", context)


@require_safe
@signed_in_page
def show_board_changes(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Show the cards that have changed since a version of the project, narrowed as the board is."""
    head = load_head(user=request.user, project_id=project_id)
    query = read_task_query(request)
    changes = load_board_changes(
        head.project,
        query.model_copy(update={"since": None}),
        since=query.since or 0,
        named=_read_ids(request.GET.getlist("id")),
        user=request.user,
        may_write=head.may_write,
    )
    return render(request, "tasks/board/_changes.html", {"changes": changes})


def _read_ids(given: list[str]) -> list[UUID]:
    """Return the ids among what an address names."""
    found = []
    for text in given[:MAX_NAMED]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
