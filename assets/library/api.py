"""REST: lists of files, and what is stored."""

from __future__ import annotations

from ninja import Query, Router

from accounts.permissions import require_admin_membership, require_membership
from accounts.requests import ApiRequest
from accounts.scopes import needs_admin_scope
from assets.library.queries import Narrowing, list_assets, measure_storage, select_assets
from assets.library.schemas import AssetFilters, StorageOut
from assets.storing.api import ASSET
from assets.storing.api import router as files_router
from assets.storing.schemas import AssetOut
from lib.web.openapi import OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, build_page
from lib.web.schemas import Page, Slug

router = Router()

STORAGE = {
    "used": 3_200_417_280,
    "quota": 40_000_000_000,
    "by_kind": [
        {"kind": "image", "size": 2_904_017_920, "count": 812},
        {"kind": "pdf", "size": 291_000_000, "count": 96},
    ],
    "by_user": [
        {
            "user": {"id": OTHER_ID, "name": "Bob Okafor", "username": "bob"},
            "size": 1_912_555_100,
            "count": 402,
        }
    ],
}


# A path belongs to one router, and files are uploaded by the other.
@files_router.get("/assets", response=Page[AssetOut], openapi_extra=show_example(wrap_page(ASSET)))
def list_files(request: ApiRequest, page: Query[PageQuery], filters: Query[AssetFilters]) -> Page[AssetOut]:
    """List the files that you see: your own, and those in messages of rooms that you see. All filters narrow the list.

    A room that you don't see holds no files for you.
    """
    organisation_id = filters.org and require_membership(request.auth, filters.org).organisation_id
    narrowing = Narrowing(
        kinds=[filters.kind] if filters.kind else (),
        owner_id=request.auth.pk if filters.owner == "me" else filters.owner,
        room_id=filters.room,
        q=filters.q,
        before=filters.before,
        after=filters.after,
    )
    assets = list_assets(
        user=request.auth, organisation_id=organisation_id or None, narrowing=narrowing, sort=filters.sort
    )
    rows = select_assets(assets, page, sort=filters.sort)
    return build_page(rows, page, AssetOut.of, lambda asset: asset.pk)


@router.get(
    "/orgs/{slug}/storage",
    tags=["organisations"],
    response={200: StorageOut, **list_problems(403)},
    openapi_extra=show_example(STORAGE),
)
@needs_admin_scope
def show_storage(request: ApiRequest, slug: Slug) -> StorageOut:
    """Show how much an organisation has stored, by kind and by user. For its owners and administrators."""
    return measure_storage(require_admin_membership(request.auth, slug).organisation)
