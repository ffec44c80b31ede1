"""REST: relations of tasks."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from ninja import Query, Router, Status

from accounts.requests import ApiRequest
from lib.web.openapi import ID, MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page
from tasks.models import TaskRelation
from tasks.relations import services
from tasks.relations.queries import find_by_key
from tasks.relations.queries import list_relations as find_relations
from tasks.relations.schemas import RelationIn, RelationOut

router = Router(tags=["tasks"])

OTHER = {"id": OTHER_ID, "project_id": ID, "key": "ATR-7", "title": "Order paint", "status": "pending"}
RELATION = {"id": ID, "kind": "blocked_by", "task": OTHER, "created_at": MOMENT}


@router.get("/tasks/{task_id}/relations", response=Page[RelationOut], openapi_extra=show_example(wrap_page(RELATION)))
def list_relations(request: ApiRequest, task_id: UUID, page: Query[PageQuery]) -> Page[RelationOut]:
    """List the relations of a task, as it has them, the first made first. Those to tasks that you can't see are not."""
    return paginate(find_relations(user=request.auth, task_id=task_id), page, partial(_show_relation, task_id))


@router.post(
    "/tasks/{task_id}/relations",
    response={201: RelationOut, **list_problems(403, 409)},
    openapi_extra=show_example(RELATION, status=201, body={"kind": "blocked_by", "task_id": OTHER_ID}),
)
def relate_tasks(request: ApiRequest, task_id: UUID, body: RelationIn) -> Status[RelationOut]:
    """Relate a task to another one that you can see, also of another project; one that exists is answered again.

    What contradicts the relations that there are is refused with 409: two tasks that block each other, over others too.
    """
    other_id = body.task_id or find_by_key(user=request.auth, task_id=task_id, key=body.key or "")
    relation = services.relate_tasks(actor=request.auth, task_id=task_id, kind=body.kind, other_id=other_id)
    return Status(201, RelationOut.of(relation, task_id))


@router.delete("/tasks/{task_id}/relations/{relation_id}", response={204: None, **list_problems(403)})
def remove_relation(request: ApiRequest, task_id: UUID, relation_id: UUID) -> Status[None]:
    """Take back a relation of a task."""
    services.remove_relation(actor=request.auth, task_id=task_id, relation_id=relation_id)
    return Status(204, None)


def _show_relation(task_id: UUID, relation: TaskRelation) -> RelationOut:
    return RelationOut.of(relation, task_id)
