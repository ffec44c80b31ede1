"""REST: views of a project's tasks that are saved by name."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.requests import ApiRequest
from lib.web.openapi import ALICE, ID, MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, slice_rows
from lib.web.schemas import Page
from tasks.models import Project
from tasks.saved_views import services
from tasks.saved_views.queries import find_views, list_views
from tasks.saved_views.schemas import SavedViewIn, SavedViewOut, SavedViewPatch

router = Router(tags=["tasks"])

CHOSEN = {"name": "Urgent", "layout": "list", "query": "priority=urgent&sort=due", "is_shared": True}
VIEW = CHOSEN | {"id": ID, "project_id": OTHER_ID, "owner": ALICE, "created_at": MOMENT, "updated_at": MOMENT}


@router.get("/projects/{project_id}/views", response=Page[SavedViewOut], openapi_extra=show_example(wrap_page(VIEW)))
def list_saved_views(request: ApiRequest, project_id: UUID, page: Query[PageQuery]) -> Page[SavedViewOut]:
    """List the views of a project by name: those that you have saved, and those that others share."""
    Project.objects.visible_to(request.auth).get(pk=project_id)
    return slice_rows(list_views(user=request.auth, project_id=project_id), page, SavedViewOut.of)


@router.post(
    "/projects/{project_id}/views",
    response={201: SavedViewOut, **list_problems(403)},
    openapi_extra=show_example(VIEW, status=201, body=CHOSEN),
)
def create_saved_view(request: ApiRequest, project_id: UUID, body: SavedViewIn) -> Status[SavedViewOut]:
    """Save filters by name, for yourself or shared with all who see the project."""
    view = services.create_view(actor=request.auth, project_id=project_id, **body.model_dump())
    return Status(201, SavedViewOut.of(view))


@router.get("/projects/{project_id}/views/{view_id}", response=SavedViewOut, openapi_extra=show_example(VIEW))
def get_saved_view(request: ApiRequest, project_id: UUID, view_id: UUID) -> SavedViewOut:
    """Return a view of your own, or one that is shared."""
    Project.objects.visible_to(request.auth).get(pk=project_id)
    return SavedViewOut.of(find_views(user=request.auth, project_id=project_id).get(pk=view_id))


@router.patch(
    "/projects/{project_id}/views/{view_id}",
    response={200: SavedViewOut, **list_problems(403)},
    openapi_extra=show_example(VIEW, body={"name": "Urgent"}),
)
def update_saved_view(request: ApiRequest, project_id: UUID, view_id: UUID, body: SavedViewPatch) -> SavedViewOut:
    """Change a view that you have saved; administrators of the project change shared ones too."""
    view = services.update_view(actor=request.auth, project_id=project_id, view_id=view_id, **body.changes())
    return SavedViewOut.of(view)


@router.delete("/projects/{project_id}/views/{view_id}", response={204: None, **list_problems(403)})
def delete_saved_view(request: ApiRequest, project_id: UUID, view_id: UUID) -> Status[None]:
    """Delete a view that you have saved; administrators of the project delete shared ones too."""
    services.delete_view(actor=request.auth, project_id=project_id, view_id=view_id)
    return Status(204, None)
