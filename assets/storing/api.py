"""REST: files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from ninja import Router, Status

from accounts.permissions import require_membership
from accounts.requests import ApiRequest
from assets.storing import services
from assets.storing.incoming import take_file
from assets.storing.queries import get_visible_asset
from assets.storing.schemas import AssetOut, AssetPatch
from lib.web.openapi import ID, MOMENT, OTHER_ID, list_problems, show_example
from lib.web.uploads import MULTIPART, parse_upload

router = Router(tags=["files"])

FILE = {"type": "string", "format": "binary"}
UPLOAD: dict[str, Any] = {
    "required": True,
    "content": {
        MULTIPART: {
            "schema": {
                "type": "object",
                "required": ["file", "org"],
                "properties": {
                    "file": FILE,
                    "org": {"type": "string", "description": "The slug of the organisation that it belongs to."},
                    "alt_text": {"type": "string", "description": "What a picture shows."},
                    "keep": {"type": "boolean", "description": "Whether it stays though it stands in no message."},
                },
            },
            "example": {"file": "harbour.jpg", "org": "halyard", "alt_text": "The harbour at low tide"},
        }
    },
}
ASSET = {
    "id": ID,
    "organisation": "halyard",
    "owner": {"id": OTHER_ID, "name": "Bob Okafor", "username": "bob"},
    "name": "harbour.jpg",
    "original_name": "harbour.jpg",
    "file_name": ID,
    "path": f"assets/{ID}",
    "mime_type": "image/jpeg",
    "kind": "image",
    "description_of_kind": "JPEG picture",
    "size": 2481213,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "url": f"/api/v1/assets/{ID}/content",
    "thumbnail_url": f"/api/v1/assets/{ID}/thumbnail?size=small",
    "preview_url": f"/api/v1/assets/{ID}/thumbnail?size=large",
    "state": "ready",
    "width": 4032,
    "height": 3024,
    "duration": None,
    "pages": None,
    "photo_data": "removed",
    "placeholder": "#7a8ea0",
    "metadata": {"format": "JPEG", "width": 4032, "height": 3024, "placeholder": "#7a8ea0"},
    "alt_text": "The harbour at low tide",
    "created_at": MOMENT,
}


@router.post(
    "/assets",
    response={201: AssetOut, **list_problems(413, 415, 507)},
    openapi_extra=show_example(ASSET, status=201) | {"requestBody": UPLOAD},
)
def upload_file(request: ApiRequest) -> Status[AssetOut]:
    """Upload a file of any type to an organisation that you are in. You alone see it until it stands in a message; one
    that stands nowhere goes after a day, unless you `keep` it. Browsers send their CSRF token as the header
    `X-CSRFToken`.
    """
    fields, files = parse_upload(request)
    organisation_id = require_membership(request.auth, fields.get("org", "")).organisation_id
    file = files.get("file")
    if file is None:
        raise ValidationError({"file": _("Choose a file.")})
    asset = services.store_file(
        actor=request.auth,
        organisation_id=organisation_id,
        path=take_file(file),
        name=file.name or "",
        alt_text=fields.get("alt_text", ""),
        is_kept=fields.get("keep") == "true",
    )
    return Status(201, AssetOut.of(get_visible_asset(user=request.auth, asset_id=asset.pk)))


@router.get("/assets/{asset_id}", response=AssetOut, openapi_extra=show_example(ASSET))
def get_file(request: ApiRequest, asset_id: UUID) -> AssetOut:
    """Show a file that you see: your own, or one in a message of your rooms."""
    return AssetOut.of(get_visible_asset(user=request.auth, asset_id=asset_id))


@router.patch(
    "/assets/{asset_id}",
    response={200: AssetOut, **list_problems(403)},
    openapi_extra=show_example(ASSET, body={"alt_text": "The harbour at low tide"}),
)
def update_file(request: ApiRequest, asset_id: UUID, body: AssetPatch) -> AssetOut:
    """Rename a file of yours, or say what a picture shows."""
    services.update_asset(actor=request.auth, asset_id=asset_id, **body.model_dump())
    return AssetOut.of(get_visible_asset(user=request.auth, asset_id=asset_id))


@router.delete("/assets/{asset_id}", response={204: None, **list_problems(403)})
def delete_file(request: ApiRequest, asset_id: UUID) -> Status[None]:
    """Delete a file: it is gone from all messages at once. For who has uploaded it, and for administrators."""
    services.delete_asset(actor=request.auth, asset_id=asset_id)
    return Status(204, None)
