"""REST: your own profile, and the pictures of users."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from ninja import Router

from accounts.authentication import AUTH_BEFORE_ENROLMENT
from accounts.profiles.forms import AvatarForm
from accounts.profiles.schemas import MeIn
from accounts.profiles.services import avatar, profile
from accounts.requests import ApiRequest
from accounts.schemas import MeOut
from lib.web.openapi import ME, list_problems, show_example
from lib.web.uploads import PICTURE_CACHE_CONTROL, PICTURE_RESPONSE, UPLOAD, parse_upload

avatar_router = Router()


@avatar_router.put(
    "/me/avatar",
    tags=["me"],
    response={200: MeOut, **list_problems(413, 415, 429)},
    openapi_extra=show_example(ME) | {"requestBody": UPLOAD},
)
def set_avatar(request: ApiRequest) -> MeOut:
    """Upload your picture: PNG, JPEG, WebP or the first frame of a GIF, at most 5 MB and 25 megapixels.

    `x`, `y` and `size` choose a square of it, in pixels of the picture upright; without them it is the middle. 256 by
    256 pixels are stored, and no metadata of the file, such as place, time or camera.
    """
    form = AvatarForm(*parse_upload(request))
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return MeOut.of(avatar.set_avatar(actor=request.auth, **form.cleaned_data))


@avatar_router.delete("/me/avatar", tags=["me"], response=MeOut, openapi_extra=show_example(ME))
def remove_avatar(request: ApiRequest) -> MeOut:
    """Remove your picture: initials stand for it again."""
    return MeOut.of(avatar.remove_avatar(actor=request.auth))


@avatar_router.get("/avatars/{name}", tags=["members"], openapi_extra={"responses": {200: PICTURE_RESPONSE}})
def get_avatar(request: ApiRequest, name: str) -> HttpResponse:
    """Get the picture that a user's `avatar_url` leads to, as WebP. For users who share an organisation with them."""
    picture = avatar.open_avatar(actor=request.auth, name=name)
    return HttpResponse(picture, content_type="image/webp", headers={"Cache-Control": PICTURE_CACHE_CONTROL})


router = Router(tags=["me"])


@router.get("/me", auth=AUTH_BEFORE_ENROLMENT, response=MeOut, openapi_extra=show_example(ME))
def get_me(request: ApiRequest) -> MeOut:
    """Get your own account, with what only you may see."""
    return MeOut.of(request.auth)


@router.patch(
    "/me",
    auth=AUTH_BEFORE_ENROLMENT,
    response={200: MeOut, **list_problems(409)},
    openapi_extra=show_example(
        ME,
        body={
            "name": "Alice Moreau",
            "theme": "dark",
            "language": "de",
            "status": {"emoji": "🌴", "text": "Back on Monday"},
            "metadata": {"pronouns": "she/her"},
        },
    ),
)
def update_me(request: ApiRequest, body: MeIn) -> MeOut:
    """Change the fields that are given. `metadata` merges by its top-level keys; a key set to null is removed."""
    return MeOut.of(profile.update_profile(actor=request.auth, **body.changes()))
