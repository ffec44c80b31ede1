"""Messages that are to be sent later."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from accounts.models import Organisation, Record, User, new_id
from chat.models.held_files import prefetch_files
from chat.models.messages import MAX_CONTENT, Message
from chat.models.rooms import Room
from lib.text.wall_times import ChosenTime

MAX_SCHEDULED = 100
# A process that has not sent a message by then has died with it: another one takes it.
CLAIM_TIME = timedelta(seconds=60)


def build_client_id() -> str:
    """Return a `client_id` for a message whose client gives none."""
    return str(new_id())


class ScheduledMessageQuerySet(models.QuerySet["ScheduledMessage"]):
    def written_by(self, user: User) -> ScheduledMessageQuerySet:
        """Return a user's own: nobody else sees them. Those in rooms that they have left stay theirs."""
        return self.filter(user=user)

    def within(self, organisation: str | None) -> ScheduledMessageQuerySet:
        """Return those of one organisation, by its slug, or all."""
        return self if organisation is None else self.filter(organisation__slug=organisation)

    def due(self, now: datetime) -> ScheduledMessageQuerySet:
        """Return those that are to be sent by now, and those whose sending was broken off."""
        waiting = Q(state=ScheduledMessage.State.WAITING, send_at__lte=now)
        return self.filter(waiting | Q(state=ScheduledMessage.State.SENDING, claimed_at__lte=now - CLAIM_TIME))

    def by_time(self) -> ScheduledMessageQuerySet:
        """Sort what could not be sent first, then by the time of sending."""
        failed_first = Case(When(state=ScheduledMessage.State.FAILED, then=Value(0)), default=Value(1))
        return self.order_by(failed_first, "send_at", "pk")

    def for_reader(self, user: User) -> ScheduledMessageQuerySet:
        """Load what a message answers, its files, and whether the user still sees the room and may write there."""
        own_rooms = Room.objects.filter(pk=OuterRef("room"))
        loaded = self.select_related("reply_to__author", "room", "organisation").prefetch_related(prefetch_files(user))
        return loaded.annotate(
            is_visible=Exists(own_rooms.visible_to(user)), is_writable=Exists(own_rooms.writable_by(user))
        )


class ScheduledMessage(Record):
    """A message that its author wants to be sent later. It goes once it is sent.

    The clock on the author's wall is kept beside the instant, in the zone in which the time was chosen.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        FAILED = "failed"

    class Failure(models.TextChoices):
        NONE = ""
        DEACTIVATED = "deactivated"
        SECOND_FACTOR = "second_factor"
        ROOM_GONE = "room_gone"
        NOT_MEMBER = "not_member"
        ARCHIVED = "archived"
        THREAD_GONE = "thread_gone"
        FILE_GONE = "file_gone"
        REFUSED = "refused"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="scheduled_messages", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, null=True, on_delete=models.SET_NULL, related_name="scheduled_messages")
    thread = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reply_to = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    also_in_room = models.BooleanField(default=False, help_text="Of a reply in a thread: sent to the room, too.")
    content = models.TextField(max_length=MAX_CONTENT, blank=True)
    client_id = models.CharField(max_length=64, default=build_client_id, help_text="The message gets it.")
    send_at = models.DateTimeField()
    wall_time = models.CharField(max_length=19, help_text="What the clock shows then, in the time zone.")
    time_zone = models.CharField(max_length=64, help_text="As IANA names it: the one in which the time was chosen.")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    failure = models.CharField(max_length=13, choices=Failure, blank=True, default=Failure.NONE)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="When its sending began.")

    # Of those loaded `for_reader`.
    is_visible: bool
    is_writable: bool

    objects: ClassVar = ScheduledMessageQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "room", "client_id"], name="scheduled_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending", "failed"]), name="scheduled_state_known"
            ),
        )
        indexes = (
            models.Index(fields=["user", "organisation", "send_at"], name="scheduled_by_user"),
            models.Index(fields=["send_at"], condition=~Q(state="failed"), name="scheduled_due"),
        )

    def __str__(self) -> str:
        return f"Message of {self.user} for {self.send_at:%Y-%m-%d %H:%M}"

    @property
    def is_failed(self) -> bool:
        return self.state == self.State.FAILED

    @property
    def is_reply(self) -> bool:
        return self.thread_id is not None

    def set_time(self, chosen: ChosenTime) -> None:
        """Take the time that its author has chosen."""
        self.send_at, self.wall_time, self.time_zone = chosen

    def wait_again(self) -> None:
        """Let it be sent, whatever has kept it from that before."""
        self.state, self.failure, self.claimed_at = self.State.WAITING, self.Failure.NONE, None
