"""REST: find, create, change and delete projects."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.models import Organisation
from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from lib.web.openapi import ALICE, ID, MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import build_page, select_page_rows
from lib.web.schemas import Page, Slug
from tasks.projects.queries import describe_projects, projects_in, visible_project
from tasks.projects.schemas import ProjectIn, ProjectOut, ProjectPatch, ProjectsQuery
from tasks.projects.services import projects, states

router = Router(tags=["projects"])

GIVEN = {
    "name": "Harbour Light",
    "key": "HL",
    "description": "A **new lamp** for the pier",
    "color": "amber",
    "git_url": "https://git.example/halyard/harbour-light.git",
    "git_branch": "main",
    "start_date": "2026-03-02",
    "target_date": "2026-06-30",
}
PROJECT = GIVEN | {
    "id": ID,
    "organisation": "halyard",
    "description_html": '<p dir="auto">A <strong>new lamp</strong> for the pier</p>',
    "picture_url": None,
    "owner": ALICE,
    "visibility": "members",
    "state": "active",
    "is_template": False,
    "announces_tasks": True,
    "channel_id": ID,
    "member_count": 3,
    "created_at": MOMENT,
    "updated_at": MOMENT,
    "archived_at": None,
    "tasks": {"pending": 12, "in_progress": 3, "completed": 20},
    "role": "admin",
}


@router.get("/orgs/{slug}/projects", response=Page[ProjectOut], openapi_extra=show_example(wrap_page(PROJECT)))
def list_projects(request: ApiRequest, slug: Slug, query: Query[ProjectsQuery]) -> Page[ProjectOut]:
    """List the projects that you can see, by default the active ones, the oldest first."""
    organisation = Organisation.objects.visible_to(request.auth).get(slug=slug)
    found = projects_in(user=request.auth, organisation=organisation, state=query.state, q=query.q)
    rows = list(select_page_rows(found, query))
    shown = {project.id: project for project in describe_projects(user=request.auth, projects=rows)}
    return build_page(rows, query, lambda row: shown[row.pk], lambda row: row.pk)


@router.post(
    "/orgs/{slug}/projects",
    response={201: ProjectOut, **list_problems(403, 409)},
    openapi_extra=show_example(PROJECT, status=201, body=GIVEN | {"visibility": "members", "member_ids": [OTHER_ID]}),
)
def create_project(request: ApiRequest, slug: Slug, body: ProjectIn) -> Status[ProjectOut]:
    """Create a project with its first channel, three columns, and you as its owner. Not for guests."""
    project = projects.create_project(actor=request.auth, slug=slug, **body.model_dump())
    return Status(201, visible_project(user=request.auth, project_id=project.pk))


@router.get("/projects/{project_id}", response=ProjectOut, openapi_extra=show_example(PROJECT))
def get_project(request: ApiRequest, project_id: UUID) -> ProjectOut:
    """Return a project that you can see."""
    return visible_project(user=request.auth, project_id=project_id)


@router.patch(
    "/projects/{project_id}",
    response={200: ProjectOut, **list_problems(403, 409)},
    openapi_extra=show_example(PROJECT, body=GIVEN),
)
def update_project(request: ApiRequest, project_id: UUID, body: ProjectPatch) -> ProjectOut:
    """Change a project. For its admins, and those of the organisation who see it."""
    projects.update_project(actor=request.auth, project_id=project_id, **body.changes())
    return visible_project(user=request.auth, project_id=project_id)


@router.delete("/projects/{project_id}", response={204: None, **list_problems(403)})
@needs_admin_scope
def delete_project(request: ApiRequest, project_id: UUID) -> Status[None]:
    """Take a project, its tasks and its channels from everybody. Admins only; it can be restored for 30 days."""
    states.delete_project(actor=request.auth, project_id=project_id)
    return Status(204, None)
