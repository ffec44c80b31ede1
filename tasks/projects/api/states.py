"""REST: archive, restore and duplicate projects."""

from __future__ import annotations

from uuid import UUID

from ninja import Router, Status

from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from lib.web.openapi import MOMENT, OTHER_ID, list_problems, show_example
from tasks.projects.api.projects import PROJECT
from tasks.projects.queries import describe_projects, visible_project
from tasks.projects.schemas import ProjectCopy, ProjectOut
from tasks.projects.services import states

router = Router(tags=["projects"])


@router.post(
    "/projects/{project_id}/archive",
    response={200: ProjectOut, **list_problems(403)},
    openapi_extra=show_example(PROJECT | {"state": "archived", "archived_at": MOMENT}),
)
@needs_admin_scope
def archive_project(request: ApiRequest, project_id: UUID) -> ProjectOut:
    """Close a project and all its channels for writing; everything stays readable. Admins only."""
    states.archive_project(actor=request.auth, project_id=project_id)
    return visible_project(user=request.auth, project_id=project_id)


@router.post(
    "/projects/{project_id}/unarchive",
    response={200: ProjectOut, **list_problems(403)},
    openapi_extra=show_example(PROJECT),
)
@needs_admin_scope
def unarchive_project(request: ApiRequest, project_id: UUID) -> ProjectOut:
    """Open an archived project and the channels that were archived with it. Admins only."""
    states.unarchive_project(actor=request.auth, project_id=project_id)
    return visible_project(user=request.auth, project_id=project_id)


@router.post("/projects/{project_id}/restore", response=ProjectOut, openapi_extra=show_example(PROJECT))
@needs_admin_scope
def restore_project(request: ApiRequest, project_id: UUID) -> ProjectOut:
    """Restore a deleted project for those of its members who are still in the organisation.

    For who deleted or owned it, and administrators of the organisation: `?state=deleted` lists them.
    """
    project = states.restore_project(actor=request.auth, project_id=project_id)
    return describe_projects(user=request.auth, projects=[project])[0]


@router.post(
    "/projects/{project_id}/duplicate",
    response={201: ProjectOut, **list_problems(403, 409)},
    openapi_extra=show_example(
        PROJECT, status=201, body={"name": "Harbour Light", "key": "HL", "member_ids": [OTHER_ID]}
    ),
)
def duplicate_project(request: ApiRequest, project_id: UUID, body: ProjectCopy) -> Status[ProjectOut]:
    """Create a project with the description, columns, labels and tasks of one that you see; up to 2,000 tasks.

    Tasks keep title, description, priority, labels, estimate and what they are part of; who does them, when, and what
    was said of them stays behind. Not for guests.
    """
    project = states.duplicate_project(actor=request.auth, project_id=project_id, **body.model_dump())
    return Status(201, visible_project(user=request.auth, project_id=project.pk))
