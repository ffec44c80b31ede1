"""REST: the emoji that members of an organisation have added."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from ninja import Query, Router, Status

from accounts.permissions import require_membership
from accounts.requests import ApiRequest
from chat.emoji import services
from chat.emoji.forms import EmojiForm
from chat.emoji.queries import list_emoji
from chat.emoji.schemas import EmojiOut, EmojiPatch
from lib.web.openapi import ID, MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page, Slug
from lib.web.uploads import MULTIPART, PICTURE, PICTURE_CACHE_CONTROL, parse_upload

router = Router(tags=["messages"])

PICTURE_RESPONSE = {"description": "OK", "content": {"image/webp": {"schema": PICTURE, "example": "128 by 128 pixels"}}}
UPLOAD: dict[str, Any] = {
    "required": True,
    "content": {
        MULTIPART: {
            "schema": {
                "type": "object",
                "required": ["file", "name"],
                "properties": {
                    "file": PICTURE,
                    "name": {"type": "string"},
                    "aliases": {"type": "string", "description": "Further names, with spaces or commas between them."},
                },
            },
            "example": {"file": "boat.gif", "name": "party_boat", "aliases": "party-ship"},
        }
    },
}
EMOJI = {
    "id": ID,
    "name": "party_boat",
    "aliases": ["party-ship"],
    "image_url": f"/api/v1/emoji/{ID}/image",
    "is_animated": True,
    "created_by": OTHER_ID,
    "created_at": MOMENT,
}


@router.get("/orgs/{slug}/emoji", response=Page[EmojiOut], openapi_extra=show_example(wrap_page(EMOJI)))
def list_custom_emoji(request: ApiRequest, slug: Slug, page: Query[PageQuery]) -> Page[EmojiOut]:
    """List the emoji that members of an organisation have added, the oldest first."""
    organisation = require_membership(request.auth, slug).organisation
    return paginate(list_emoji(organisation), page, EmojiOut.of)


@router.post(
    "/orgs/{slug}/emoji",
    response={201: EmojiOut, **list_problems(403, 409, 413, 415, 429)},
    openapi_extra=show_example(EMOJI, status=201) | {"requestBody": UPLOAD},
)
def add_custom_emoji(request: ApiRequest, slug: Slug) -> Status[EmojiOut]:
    """Add an emoji: a PNG, JPEG, WebP or GIF of at most 1 MB under a name that neither an emoji of Unicode nor another
    one has. It is stored with at most 128 pixels a side, animations with their first hundred frames. For all members
    but guests, unless administrators keep it to themselves (`emoji_by_admins`).
    """
    form = EmojiForm(*parse_upload(request))
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return Status(201, EmojiOut.of(services.add_emoji(actor=request.auth, slug=slug, **form.cleaned_data)))


@router.get("/emoji/{emoji_id}/image", openapi_extra={"responses": {200: PICTURE_RESPONSE}})
def get_emoji_image(request: ApiRequest, emoji_id: UUID) -> HttpResponse:
    """Get the picture of an emoji, as WebP. For members of its organisation."""
    picture = services.open_emoji_image(actor=request.auth, emoji_id=emoji_id)
    return HttpResponse(picture, content_type="image/webp", headers={"Cache-Control": PICTURE_CACHE_CONTROL})


@router.patch(
    "/emoji/{emoji_id}",
    response={200: EmojiOut, **list_problems(403, 409)},
    openapi_extra=show_example(EMOJI, body={"aliases": ["party-ship"]}),
)
def update_custom_emoji(request: ApiRequest, emoji_id: UUID, body: EmojiPatch) -> EmojiOut:
    """Replace the further names of an emoji. For the user who has added it, and administrators."""
    return EmojiOut.of(services.set_emoji_aliases(actor=request.auth, emoji_id=emoji_id, aliases=body.aliases))


@router.delete("/emoji/{emoji_id}", response={204: None, **list_problems(403)})
def delete_custom_emoji(request: ApiRequest, emoji_id: UUID) -> Status[None]:
    """Delete an emoji: messages and reactions show its name instead. For who has added it, and administrators."""
    services.delete_emoji(actor=request.auth, emoji_id=emoji_id)
    return Status(204, None)
