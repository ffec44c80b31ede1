"""REST: the pictures of link previews."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from accounts.requests import ApiRequest
from chat.previews.services import open_preview_image

router = Router(tags=["messages"])

# A picture never changes under its name; who may see it does, so proxies must not store it.
CACHE_CONTROL = "private, max-age=31536000, immutable"
PICTURE = {"type": "string", "format": "binary"}
PICTURE_RESPONSE = {"description": "OK", "content": {"image/webp": {"schema": PICTURE, "example": "480 by 252 pixels"}}}


@router.get("/link-previews/{preview_id}/image", openapi_extra={"responses": {200: PICTURE_RESPONSE}})
def get_preview_image(request: ApiRequest, preview_id: UUID) -> HttpResponse:
    """Get the picture that the `image_url` of a preview leads to, as WebP. For users who see a message with it."""
    picture = open_preview_image(actor=request.auth, preview_id=preview_id)
    return HttpResponse(picture, content_type="image/webp", headers={"Cache-Control": CACHE_CONTROL})
