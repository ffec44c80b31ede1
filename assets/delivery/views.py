"""Send files to browsers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.decorators import signed_in
from accounts.requests import SignedInRequest
from assets.delivery.responses import serve_file
from assets.delivery.services import open_content, open_thumbnail
from assets.models import Thumbnail


@require_safe
@signed_in
def content(request: SignedInRequest, asset_id: UUID) -> HttpResponseBase:
    return serve_file(request, open_content(actor=request.user, asset_id=asset_id))


@require_safe
@signed_in
def download(request: SignedInRequest, asset_id: UUID) -> HttpResponseBase:
    return serve_file(request, open_content(actor=request.user, asset_id=asset_id), download=True)


@require_safe
@signed_in
def thumbnail(request: SignedInRequest, asset_id: UUID) -> HttpResponseBase:
    size = request.GET.get("size", Thumbnail.Size.SMALL)
    return serve_file(request, open_thumbnail(actor=request.user, asset_id=asset_id, size=size))
