"""Messages, their revisions and mentions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.models import Membership, Record, User
from chat.models.rooms import Room, RoomMember

MAX_CONTENT = 10_000


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: User) -> MessageQuerySet:
        """Return the messages of all rooms that a user can see."""
        return self.filter(room__in=Room.objects.visible_to(user))

    def administered_by(self, user: User) -> MessageQuerySet:
        """Return the messages of all rooms in organisations of which a user is owner or administrator."""
        own = Membership.objects.filter(user=user, role__in=Membership.ADMIN_ROLES)
        return self.filter(room__organisation__in=own.values("organisation"))

    def not_deleted(self) -> MessageQuerySet:
        """Return the messages that were not deleted."""
        return self.filter(deleted_at=None)

    def in_feed(self) -> MessageQuerySet:
        """Return the messages of their rooms' feeds: those that are not in a thread alone."""
        return self.exclude(seq=None)

    def pinned(self) -> MessageQuerySet:
        """Return the messages that are pinned in their room."""
        return self.exclude(pinned_at=None)

    def telling_all_with(self, members: QuerySet[RoomMember]) -> MessageQuerySet:
        """Return the messages of others that tell all members of their rooms at once, since one of `members` joined."""
        told = members.filter(room=OuterRef("room"), joined_seq__lt=OuterRef("broadcast_seq"))
        to_all = self.filter(room__in=members.values("room"), broadcast_seq__isnull=False)
        return to_all.filter(Exists(told.exclude(user=OuterRef("author"))))

    def for_rendering(self) -> MessageQuerySet:
        """Load the author too, for the JSON and HTML of a message."""
        return self.select_related("author")


class Message(Record):
    """A message in a room. `seq` is its fixed position in the room, `version` that of its latest change.

    A reply in a thread has a position there (`thread_seq`), and one in the room only where it was sent to both.
    """

    class Type(models.TextChoices):
        TEXT = "text"
        IMAGE = "image"
        FILE = "file"
        SYSTEM = "system"

    class Broadcast(models.TextChoices):
        ROOM = "room"
        HERE = "here"

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="messages", db_index=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="messages")
    seq = models.PositiveBigIntegerField(null=True, blank=True)
    version = models.PositiveBigIntegerField()
    thread = models.ForeignKey(
        "Thread", null=True, blank=True, on_delete=models.CASCADE, related_name="replies", db_index=False
    )
    thread_seq = models.PositiveBigIntegerField(null=True, blank=True)
    type = models.CharField(max_length=8, choices=Type, default=Type.TEXT)
    content = models.TextField(max_length=MAX_CONTENT, blank=True)
    html = models.TextField(blank=True, help_text="The content rendered and sanitised once, when it was written.")
    html_version = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False, help_text="Of the renderer; none before versions were kept."
    )
    mentioned_ids = models.JSONField(
        default=list, blank=True, help_text="Who is named in it; Mention rows count the unread."
    )
    broadcast = models.CharField(
        max_length=4, choices=Broadcast, blank=True, default="", help_text="Whether it is to all: in the room, or here."
    )
    broadcast_seq = models.PositiveBigIntegerField(
        null=True,
        blank=True,
        editable=False,
        help_text="Its seq while it tells all of its room at once; none where each has a Mention row.",
    )
    reactions = models.JSONField(
        default=list,
        blank=True,
        help_text="As shown: emoji and user_ids, in order of first use. Reaction rows are the truth.",
    )
    thread_summary = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text="As shown under the root of a thread; the replies are the truth.",
    )
    previews = models.JSONField(
        null=True,
        blank=True,
        help_text="As shown below it; None or empty where nothing is. MessagePreview rows are the truth.",
    )
    attachments = models.JSONField(
        null=True,
        blank=True,
        help_text="The files as shown, in order; None where there never was one. Attachment rows are the truth.",
    )
    is_action = models.BooleanField(default=False, help_text="What its author does: shown in a line with their name.")
    client_id = models.CharField(max_length=64, null=True, blank=True)
    reply_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replies")
    forwarded_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="forwards", db_index=False
    )
    forwarded = models.JSONField(
        null=True, blank=True, help_text="Of a forwarded message: who wrote it, and when, as it was at that moment."
    )
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    pinned_at = models.DateTimeField(null=True, blank=True)
    pinned_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )

    objects: ClassVar = MessageQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["room", "seq"], name="message_seq_once"),
            models.UniqueConstraint(fields=["room", "version"], name="message_version_once"),
            # Only replies are in its index, so that sending to a room costs no more.
            models.UniqueConstraint(
                fields=["thread", "thread_seq"], condition=Q(thread__isnull=False), name="message_thread_seq_once"
            ),
            models.UniqueConstraint(fields=["room", "author", "client_id"], name="message_sent_once"),
            models.CheckConstraint(
                condition=Q(type__in=["text", "image", "file", "system"]), name="message_type_known"
            ),
            models.CheckConstraint(
                condition=Q(thread__isnull=True, thread_seq__isnull=True, seq__isnull=False)
                | Q(thread__isnull=False, thread_seq__isnull=False),
                name="message_numbered",
            ),
            models.CheckConstraint(condition=Q(broadcast__in=["", "room", "here"]), name="message_broadcast_known"),
            models.CheckConstraint(
                condition=~Q(content="") | Q(deleted_at__isnull=False) | Q(type__in=["image", "file"]),
                name="message_not_empty",
            ),
            models.CheckConstraint(
                condition=Q(pinned_at__isnull=True) | Q(deleted_at__isnull=True), name="message_pinned_while_it_stands"
            ),
        )
        # Only what is pinned, forwarded or to all is in them, so that sending costs no more.
        indexes = (
            models.Index(fields=["room", "id"], condition=Q(pinned_at__isnull=False), name="message_pinned"),
            models.Index(
                fields=["forwarded_from"], condition=Q(forwarded_from__isnull=False), name="message_forwarded_from"
            ),
            models.Index(
                fields=["room", "broadcast_seq"], condition=Q(broadcast_seq__isnull=False), name="message_to_room"
            ),
        )

    def __str__(self) -> str:
        return f"#{self.seq if self.seq is not None else self.thread_seq} by {self.author}"

    def get_absolute_url(self) -> str:
        return reverse("chat:message", args=[self.room_id, self.pk])

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def is_forwarded(self) -> bool:
        return self.forwarded is not None

    @property
    def is_pinned(self) -> bool:
        return self.pinned_at is not None


class MessageRevision(Record):
    """The content of a message before an edit."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="revisions")
    content = models.TextField(max_length=MAX_CONTENT)
    html = models.TextField()
    html_version = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"Wording until {self.created_at:%Y-%m-%d %H:%M}"


class Mention(Record):
    """A user told of a message. Its room, thread and numbers are repeated: unread ones are counted by index.

    One in a thread that was sent to the room too counts in the room. What tells all members of a room by `@room` has
    none: its `broadcast_seq` is counted.
    """

    # The constraint's index finds those of a message too: one index less to write for each of a thousand.
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    seq = models.PositiveBigIntegerField(null=True, blank=True)
    thread = models.ForeignKey(
        "Thread", null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    thread_seq = models.PositiveBigIntegerField(null=True, blank=True)
    is_broadcast = models.BooleanField(default=False, help_text="Told by @room or @here alone.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["message", "user"], name="mention_once"),)
        indexes = (
            models.Index(fields=["user", "room", "seq"], name="mention_unread"),
            models.Index(
                fields=["user", "thread", "thread_seq"], condition=Q(seq__isnull=True), name="mention_in_thread"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} in #{self.seq if self.seq is not None else self.thread_seq}"
