"""Rooms and their members."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import FoldedRecord, Membership, Organisation, Record, User, new_id
from chat.models.full_names import build_full_name
from lib.db.counts import RowCount
from lib.db.folded import FoldedField, FoldedQuerySet
from lib.lasting import read_end

# Folder of the media directory.
PICTURES = "room-pictures"


@lru_cache(maxsize=4096)
def build_room_picture_url(name: str) -> str | None:
    """Return the path at which a stored picture is shown, or nothing for no picture."""
    return reverse("api:get_room_picture", args=[name.rpartition("/")[2]]) if name else None


class RoomQuerySet(FoldedQuerySet["Room"]):
    def locked(self) -> RoomQuerySet:
        """Lock the rows until the commit, and load their organisation too."""
        return self.select_for_update(of=("self",)).select_related("organisation")

    def joined_by(self, user: User) -> RoomQuerySet:
        """Return the rooms that a user is a member of."""
        return self.filter(members__user=user)

    def visible_to(self, user: User) -> RoomQuerySet:
        """Return the rooms that a user is in, and the channels of organisations in which they are no guest.

        Of the channels for members of a main channel alone, those are left out whose main channel they are not in.
        """
        joined = RoomMember.objects.filter(user=user).values("room")
        own = Membership.objects.filter(user=user, role__in=Membership.OPEN_ROOM_ROLES).values("organisation")
        is_open = Q(members_only=False) | Q(main_channel__in=joined)
        return self.filter(Q(pk__in=joined) | (Q(kind=Room.Kind.CHANNEL, organisation__in=own) & is_open))

    def writable_by(self, user: User) -> RoomQuerySet:
        """Return the rooms that a user is in and that are not archived."""
        return self.filter(Exists(RoomMember.objects.allowed_to_write().filter(user=user, room=OuterRef("pk"))))

    def extensible_by(self, user: User) -> RoomQuerySet:
        """Return the rooms that a user may add members to: direct rooms take none, projects none from guests."""
        as_guest = Membership.objects.guests().filter(user=user).values("organisation")
        rooms = self.writable_by(user).exclude(kind=Room.Kind.DIRECT)
        return rooms.exclude(main_channel=F("pk"), organisation__in=as_guest)

    def administered_by(self, user: User) -> RoomQuerySet:
        """Return the channels and groups that a user may administer, as admin of the room or of its organisation."""
        own = RoomMember.objects.filter(user=user, role=RoomMember.Role.ADMIN).values("room")
        administered = Membership.objects.filter(user=user, role__in=Membership.ADMIN_ROLES).values("organisation")
        rooms = self.visible_to(user).exclude(kind=Room.Kind.DIRECT)
        return rooms.filter(Q(pk__in=own) | Q(organisation__in=administered))


class Room(FoldedRecord):
    """A channel, group or direct room. It counts its messages (`last_seq`) and their changes (`version`)."""

    class Kind(models.TextChoices):
        CHANNEL = "channel"
        GROUP = "group"
        DIRECT = "direct"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="rooms")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(
        max_length=80, blank=True, help_text="Direct rooms have none: they are called by who is in them."
    )
    folded_name = FoldedField("name", exempt="is_namesake")
    is_namesake = models.BooleanField(
        default=False,
        editable=False,
        help_text="An older channel's name differs by case or accents alone: from before names were compared so.",
    )
    topic = models.CharField(max_length=250, blank=True)
    folded_topic = FoldedField("topic")
    is_general = models.BooleanField(default=False, help_text="The channel that everybody is in and nobody can leave.")
    direct_key = models.CharField(
        max_length=64, null=True, blank=True, editable=False, help_text="SHA-256 of the sorted member ids."
    )
    # Of a project's channels the first, which all its members are in; of that one, itself.
    main_channel = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="channels")
    project_name = models.CharField(max_length=80, blank=True, editable=False, help_text="Of its project: a copy.")
    members_only = models.BooleanField(
        default=False, help_text="A channel that only members of its main channel see, and no others."
    )
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)
    emoji = models.CharField(max_length=32, blank=True, help_text="Stands before the name, unless there is a picture.")
    picture = models.FileField(upload_to=PICTURES, blank=True, help_text="A square WebP under a random name.")
    system_messages = models.BooleanField(default=True, help_text="What happens in the room is told in it.")
    member_count = RowCount("members")
    last_seq = models.PositiveBigIntegerField(default=0, editable=False)
    version = models.PositiveBigIntegerField(default=0, editable=False)
    access_stamp = models.UUIDField(
        default=new_id, editable=False, help_text="New whenever who may write here changes; cached rights carry it."
    )
    last_message_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = RoomQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=["channel", "group", "direct"]), name="room_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="direct", direct_key__isnull=False) | (~Q(kind="direct") & ~Q(name="")),
                name="room_named_or_direct",
            ),
            models.UniqueConstraint(
                fields=["organisation", "folded_name"],
                condition=Q(kind="channel", is_namesake=False, main_channel=None),
                name="room_channel_folded_name_once",
            ),
            models.UniqueConstraint(
                fields=["main_channel", "folded_name"],
                condition=Q(kind="channel", main_channel__isnull=False),
                name="room_folded_name_once_in_project",
            ),
            models.CheckConstraint(
                condition=Q(members_only=False) | Q(kind="channel", main_channel__isnull=False),
                name="room_members_only_with_main_channel",
            ),
            models.UniqueConstraint(fields=["organisation", "direct_key"], name="room_direct_once_per_people"),
            models.UniqueConstraint(fields=["organisation"], condition=Q(is_general=True), name="room_general_once"),
        )
        indexes = (models.Index(fields=["organisation", "kind"], name="room_by_kind"),)

    def __str__(self) -> str:
        return self.name or "Direct messages"

    def get_absolute_url(self) -> str:
        return reverse("chat:room", args=[self.pk])

    @property
    def picture_url(self) -> str | None:
        return build_room_picture_url(self.picture.name or "")

    @property
    def full_name(self) -> str:
        return build_full_name(self.name, self.project_name)

    @cached_property
    def is_direct(self) -> bool:
        return self.kind == self.Kind.DIRECT

    @cached_property
    def is_channel(self) -> bool:
        return self.kind == self.Kind.CHANNEL

    @property
    def is_main_channel(self) -> bool:
        return self.main_channel_id == self.pk

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class RoomMemberQuerySet(models.QuerySet["RoomMember"]):
    def visible_to(self, user: User) -> RoomMemberQuerySet:
        """Return the members of all rooms that a user can see."""
        return self.filter(room__in=Room.objects.visible_to(user))

    def allowed_to_write(self) -> RoomMemberQuerySet:
        """Return the members who may write: none in an archived room, and no deactivated user anywhere."""
        return self.filter(room__archived_at=None, user__is_active=True)

    def not_archived(self, *, except_room: UUID | None = None) -> RoomMemberQuerySet:
        """Return the memberships in rooms that are not archived, and those in `except_room`."""
        current = Q(room__archived_at=None)
        return self.filter(current | Q(room=except_room) if except_room else current)

    def sharing_with(self, user_id: UUID, organisation_id: UUID) -> RoomMemberQuerySet:
        """Return all members of the rooms of an organisation that a user is in, the user among them."""
        own = RoomMember.objects.filter(user=user_id, room__organisation=organisation_id)
        return self.filter(room__in=own.values("room"))

    def admins_first(self) -> RoomMemberQuerySet:
        """Sort members of a room: admins, then the others, each in the order in which they joined."""
        return self.order_by("role", "pk")

    def with_user(self) -> RoomMemberQuerySet:
        """Load the users too."""
        return self.select_related("user")


class RoomMember(Record):
    """A member of a room, how far they have read, and what of it they want to notice."""

    class Role(models.TextChoices):
        ADMIN = "admin"
        MEMBER = "member"

    class NotificationLevel(models.TextChoices):
        ALL = "all"
        MENTIONS = "mentions"
        NOTHING = "nothing"

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="members", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="room_memberships")
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    last_read_seq = models.PositiveBigIntegerField(default=0)
    joined_seq = models.PositiveBigIntegerField(
        default=0, editable=False, help_text="The room's last seq as they joined: who was told then, they were not."
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    favourite = models.BooleanField(default=False)
    muted_until = models.DateTimeField(null=True, blank=True, help_text="None, or past: not muted.")
    notification_level = models.CharField(
        max_length=8, choices=NotificationLevel, default=NotificationLevel.ALL, help_text="Of what they are told."
    )

    objects: ClassVar = RoomMemberQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["room", "user"], name="room_member_once"),
            models.CheckConstraint(condition=Q(role__in=["admin", "member"]), name="room_member_role_known"),
            models.CheckConstraint(
                condition=Q(notification_level__in=["all", "mentions", "nothing"]), name="room_member_level_known"
            ),
        )
        # The first of many members, with and without admins before the others, are found by an index.
        indexes = (
            models.Index(fields=["room", "id"], name="room_member_by_id"),
            models.Index(fields=["room", "role", "id"], name="room_member_by_role"),
        )

    def __str__(self) -> str:
        return f"{self.user} in {self.room}"

    @property
    def current_mute(self) -> datetime | None:
        """Return until when the room is muted, None when it is not, or no longer."""
        return read_end(self.muted_until)
