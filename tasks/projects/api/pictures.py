"""REST: pictures of projects."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from ninja import Router

from accounts.profiles.forms import AvatarForm
from accounts.requests import ApiRequest
from lib.web.openapi import list_problems, show_example
from lib.web.uploads import PICTURE_CACHE_CONTROL, PICTURE_RESPONSE, UPLOAD, parse_upload
from tasks.projects.api.projects import PROJECT
from tasks.projects.queries import visible_project
from tasks.projects.schemas import ProjectOut
from tasks.projects.services import pictures

router = Router(tags=["projects"])


@router.put(
    "/projects/{project_id}/picture",
    response={200: ProjectOut, **list_problems(403, 413, 415, 429)},
    openapi_extra=show_example(PROJECT) | {"requestBody": UPLOAD},
)
def set_project_picture(request: ApiRequest, project_id: UUID) -> ProjectOut:
    """Upload a picture that stands before the name of a project. Admins only, formats as for `PUT /me/avatar`."""
    form = AvatarForm(*parse_upload(request))
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    pictures.set_project_picture(actor=request.auth, project_id=project_id, **form.cleaned_data)
    return visible_project(user=request.auth, project_id=project_id)


@router.delete(
    "/projects/{project_id}/picture",
    response={200: ProjectOut, **list_problems(403)},
    openapi_extra=show_example(PROJECT),
)
def remove_project_picture(request: ApiRequest, project_id: UUID) -> ProjectOut:
    """Remove the picture of a project. Admins only."""
    pictures.remove_project_picture(actor=request.auth, project_id=project_id)
    return visible_project(user=request.auth, project_id=project_id)


@router.get("/project-pictures/{name}", openapi_extra={"responses": {200: PICTURE_RESPONSE}})
def get_project_picture(request: ApiRequest, name: str) -> HttpResponse:
    """Get the picture that a project's `picture_url` leads to, as WebP. For users who can see the project."""
    picture = pictures.open_project_picture(actor=request.auth, name=name)
    return HttpResponse(picture, content_type="image/webp", headers={"Cache-Control": PICTURE_CACHE_CONTROL})
