"""REST: groups of users."""

from __future__ import annotations

from uuid import UUID

from ninja import Query, Router, Status

from accounts.permissions import require_membership
from accounts.requests import ApiRequest
from accounts.schemas import UserOut
from chat.groups import services
from chat.groups.queries import groups_in
from chat.groups.schemas import BroughtOut, GroupIn, GroupMemberOut, GroupOut, GroupPatch
from chat.models import UserGroup, UserGroupMember
from lib.web.openapi import ALICE, ID, MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page, Slug

router = Router(tags=["rooms"])

NAMES = {"name": "Design team", "handle": "design"}
GROUP = {"id": ID, **NAMES, "member_count": 3, "created_by": OTHER_ID, "created_at": MOMENT}


@router.get(
    "/orgs/{slug}/groups",
    response={200: Page[GroupOut], **list_problems(403)},
    openapi_extra=show_example(wrap_page(GROUP)),
)
def list_groups(request: ApiRequest, slug: Slug, page: Query[PageQuery]) -> Page[GroupOut]:
    """List the groups of users of an organisation, the oldest first. Not for guests."""
    return paginate(groups_in(require_membership(request.auth, slug)), page, GroupOut.of)


@router.post(
    "/orgs/{slug}/groups",
    response={201: GroupOut, **list_problems(403, 409)},
    openapi_extra=show_example(GROUP, status=201, body=NAMES),
)
def create_group(request: ApiRequest, slug: Slug, body: GroupIn) -> Status[GroupOut]:
    """Create a group of users with yourself in it. Its handle is no member's username, and no word like `room`.

    For all members but guests.
    """
    group = services.create_group(actor=request.auth, slug=slug, **body.model_dump())
    return Status(201, GroupOut.of(group))


@router.get("/groups/{group_id}", response=GroupOut, openapi_extra=show_example(GROUP))
def get_group(request: ApiRequest, group_id: UUID) -> GroupOut:
    """Return a group of users."""
    return GroupOut.of(UserGroup.objects.visible_to(request.auth).with_counts().get(pk=group_id))


@router.patch(
    "/groups/{group_id}",
    response={200: GroupOut, **list_problems(403, 409)},
    openapi_extra=show_example(GROUP, body=NAMES),
)
def update_group(request: ApiRequest, group_id: UUID, body: GroupPatch) -> GroupOut:
    """Change the name or the handle of a group. For who has created it, and administrators."""
    return GroupOut.of(services.update_group(actor=request.auth, group_id=group_id, **body.changes()))


@router.delete("/groups/{group_id}", response={204: None, **list_problems(403)})
def delete_group(request: ApiRequest, group_id: UUID) -> Status[None]:
    """Delete a group. For who has created it, and administrators."""
    services.delete_group(actor=request.auth, group_id=group_id)
    return Status(204, None)


@router.get(
    "/groups/{group_id}/members",
    response=Page[GroupMemberOut],
    openapi_extra=show_example(wrap_page({"user": ALICE, "added_at": MOMENT})),
)
def list_group_members(request: ApiRequest, group_id: UUID, page: Query[PageQuery]) -> Page[GroupMemberOut]:
    """List the members of a group in the order in which they were added."""
    group = UserGroup.objects.visible_to(request.auth).get(pk=group_id)
    return paginate(UserGroupMember.objects.filter(group=group).select_related("user"), page, GroupMemberOut.of)


@router.put("/groups/{group_id}/members/{user_id}", response={204: None, **list_problems(403)})
def add_group_member(request: ApiRequest, group_id: UUID, user_id: UUID) -> Status[None]:
    """Add a member of the organisation to a group. For who has created it, and administrators."""
    services.add_group_member(actor=request.auth, group_id=group_id, user_id=user_id)
    return Status(204, None)


@router.delete("/groups/{group_id}/members/{user_id}", response={204: None, **list_problems(403)})
def remove_group_member(request: ApiRequest, group_id: UUID, user_id: UUID) -> Status[None]:
    """Remove a member from a group. For who has created it, administrators, and the member."""
    services.remove_group_member(actor=request.auth, group_id=group_id, user_id=user_id)
    return Status(204, None)


@router.put(
    "/rooms/{room_id}/groups/{group_id}",
    response={200: BroughtOut, **list_problems(403)},
    openapi_extra=show_example({"added": [ALICE]}),
)
def add_group_to_room(request: ApiRequest, room_id: UUID, group_id: UUID) -> BroughtOut:
    """Add all members of a group to a room that you are in. Who joins the group later is not added."""
    added = services.add_group_to_room(actor=request.auth, room_id=room_id, group_id=group_id)
    return BroughtOut.model_construct(added=[UserOut.of(user) for user in added])
