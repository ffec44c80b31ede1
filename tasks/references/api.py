"""REST: what links to tasks show, and tasks by what they are called."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from accounts.permissions import require_membership
from accounts.requests import ApiRequest
from lib.web.openapi import ID, OTHER_ID, show_example
from lib.web.schemas import Search, Slug
from tasks.references.queries import find_referenced, search_tasks
from tasks.references.schemas import ReferencesQuery, TaskReferenceOut, TaskReferences

router = Router(tags=["tasks"])

REFERENCE = {
    "id": ID,
    "project_id": OTHER_ID,
    "key": "ATR-12",
    "title": "Mend the light of the pier",
    "status": "pending",
    "message_id": None,
}


@router.get("/orgs/{slug}/task-references", response=TaskReferences, openapi_extra=show_example({"items": [REFERENCE]}))
def list_task_references(request: ApiRequest, slug: Slug, query: Query[ReferencesQuery]) -> TaskReferences:
    """Tell what tasks with these keys are called and how far they are, and those that were made of these messages.

    What you can't see is left out, as what there isn't.
    """
    own = require_membership(request.auth, slug)
    tasks = find_referenced(
        user=request.auth,
        organisation=own.organisation,
        keys=query.list_keys(),
        message_ids=query.list_message_ids(),
    )
    return TaskReferences(items=[TaskReferenceOut.of(task) for task in tasks])


@router.get(
    "/orgs/{slug}/task-suggestions", response=TaskReferences, openapi_extra=show_example({"items": [REFERENCE]})
)
def suggest_tasks(
    request: ApiRequest, slug: Slug, q: Search = "", limit: Annotated[int, Field(ge=1, le=50)] = 8
) -> TaskReferences:
    """Find tasks by a piece of their title, by key or number: your own open ones first, then the latest changed."""
    own = require_membership(request.auth, slug)
    tasks = search_tasks(user=request.auth, organisation=own.organisation, q=q, limit=limit)
    return TaskReferences(items=[TaskReferenceOut.of(task) for task in tasks])
