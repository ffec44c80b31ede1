"""Groups of users, which are mentioned by one name."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import FoldedRecord, Membership, Organisation, Record, User
from lib.db.folded import FoldedField, FoldedQuerySet

MAX_GROUP_MEMBERS = 200
MAX_GROUPS_PER_ORGANISATION = 1000
MAX_HANDLE = 40


class UserGroupQuerySet(FoldedQuerySet["UserGroup"]):
    def visible_to(self, user: User) -> UserGroupQuerySet:
        """Return the groups of organisations in which a user is no guest."""
        own = Membership.objects.filter(user=user, role__in=Membership.OPEN_ROOM_ROLES)
        return self.filter(organisation__in=own.values("organisation"))

    def administered_by(self, user: User) -> UserGroupQuerySet:
        """Return the groups that a user has created, and those of organisations that they administer."""
        own = Membership.objects.filter(user=user, role__in=Membership.ADMIN_ROLES)
        return self.visible_to(user).filter(Q(created_by=user) | Q(organisation__in=own.values("organisation")))

    def with_counts(self) -> UserGroupQuerySet:
        """Count the members too, as `member_count`."""
        return self.annotate(member_count=Count("members"))


class UserGroup(FoldedRecord):
    """Members of an organisation who are mentioned together, by a handle.

    It was no member's username when it was chosen; should it become one, the username is meant.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=80)
    folded_name = FoldedField("name")
    handle = models.CharField(max_length=MAX_HANDLE)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar = UserGroupQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "handle"], name="user_group_handle_once"),)

    def __str__(self) -> str:
        return f"@{self.handle}"


class UserGroupMemberQuerySet(models.QuerySet["UserGroupMember"]):
    def with_presence_in(self, room_id: UUID) -> UserGroupMemberQuerySet:
        """Load the users, and tell with `is_in_room` whether they are members of a room."""
        from_room = Q(room_memberships__room=room_id)
        in_room = Exists(User.objects.filter(from_room, pk=OuterRef("user")))
        return self.select_related("user").annotate(is_in_room=in_room)


class UserGroupMember(Record):
    """A member of a group of users."""

    # Of `with_presence_in`.
    is_in_room: bool

    group = models.ForeignKey(UserGroup, on_delete=models.CASCADE, related_name="members", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar = UserGroupMemberQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["group", "user"], name="user_group_member_once"),)

    def __str__(self) -> str:
        return f"{self.user} in {self.group}"
