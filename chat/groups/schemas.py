"""Groups of users, as REST answers and events carry them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from accounts.schemas import UserOut
from chat.models import UserGroup, UserGroupMember
from lib.web.schemas import LEFT_OUT, Timestamp

GroupName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Handle = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=41)]


class GroupOut(BaseModel):
    """Members of an organisation who are mentioned together by `@` and the handle."""

    id: UUID
    name: str
    handle: str
    member_count: int
    created_by: UUID | None
    created_at: Timestamp

    @classmethod
    def of(cls, group: UserGroup) -> GroupOut:
        """Return the shape of a group; its members are counted now unless `with_counts` has done so."""
        counted = vars(group).get("member_count")
        return cls.model_construct(
            id=group.pk,
            name=group.name,
            handle=group.handle,
            member_count=group.members.count() if counted is None else counted,
            created_by=group.created_by_id,
            created_at=group.created_at,
        )


class GroupIn(BaseModel):
    name: GroupName
    handle: Handle


class GroupPatch(BaseModel):
    name: GroupName = LEFT_OUT
    handle: Handle = LEFT_OUT

    def changes(self) -> dict[str, Any]:
        """Return the fields that were given, as arguments of `update_group`."""
        return self.model_dump(exclude_unset=True)


class GroupMemberOut(BaseModel):
    """A member of a group."""

    user: UserOut
    added_at: Timestamp

    @classmethod
    def of(cls, member: UserGroupMember) -> GroupMemberOut:
        """Return the shape of a member whose user is loaded."""
        return cls.model_construct(user=UserOut.of(member.user), added_at=member.created_at)


class BroughtOut(BaseModel):
    """Who was brought into a room with a group, and was not in it before."""

    added: list[UserOut]
