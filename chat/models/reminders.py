"""Reminders: what a user wants to be told of later."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from accounts.models import Organisation, Record, User
from chat.models.messages import Message
from chat.models.rooms import Room
from lib.text.wall_times import ChosenTime

MAX_REMINDERS = 200
MAX_NOTE = 500


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def made_by(self, user: User) -> ReminderQuerySet:
        """Return a user's own reminders: nobody else sees them."""
        return self.filter(user=user)

    def within(self, organisation: str | None) -> ReminderQuerySet:
        """Return those of one organisation, by its slug, or all."""
        return self if organisation is None else self.filter(organisation__slug=organisation)

    def waiting(self) -> ReminderQuerySet:
        """Return those whose time has not come."""
        return self.filter(reminded_at=None)

    def due(self, now: datetime) -> ReminderQuerySet:
        """Return those whose time has come, and of which the user was not told yet."""
        return self.waiting().filter(remind_at__lte=now)

    def by_time(self) -> ReminderQuerySet:
        """Sort what the user was reminded of first, the latest on top, then what comes next."""
        told_first = Case(When(reminded_at=None, then=Value(1)), default=Value(0))
        return self.order_by(told_first, F("reminded_at").desc(nulls_last=True), "remind_at", "pk")

    def for_reader(self, user: User) -> ReminderQuerySet:
        """Load the message and its author, the room, and whether the user may still see them."""
        shown = Message.objects.filter(pk=OuterRef("message")).visible_to(user).not_deleted()
        rooms = Room.objects.filter(pk=OuterRef("room")).visible_to(user)
        return self.select_related("message__author", "room", "organisation").annotate(
            is_message_visible=Exists(shown), is_room_visible=Exists(rooms)
        )


class Reminder(Record):
    """A moment at which a user is told of a message, or of what they have noted. It goes once the user is done with it.

    The clock on the user's wall is kept beside the instant, in the zone in which the time was chosen.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reminders", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_of_message = models.BooleanField(default=False, help_text="Also once the message is gone.")
    note = models.CharField(max_length=MAX_NOTE, blank=True)
    remind_at = models.DateTimeField()
    wall_time = models.CharField(max_length=19, help_text="What the clock shows then, in the time zone.")
    time_zone = models.CharField(max_length=64, help_text="As IANA names it: the one in which the time was chosen.")
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="When the user was told.")

    # Of those loaded `for_reader`.
    is_message_visible: bool
    is_room_visible: bool

    objects: ClassVar = ReminderQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "message"], condition=Q(message__isnull=False), name="reminder_once_per_message"
            ),
        )
        indexes = (
            models.Index(fields=["user", "organisation", "remind_at"], name="reminder_by_user"),
            models.Index(fields=["remind_at"], condition=Q(reminded_at=None), name="reminder_due"),
        )

    def __str__(self) -> str:
        return f"Reminder of {self.user} for {self.remind_at:%Y-%m-%d %H:%M}"

    @property
    def is_due(self) -> bool:
        return self.reminded_at is not None

    @property
    def shown_message_id(self) -> UUID | None:
        """Return the id of the message, None where the user may not see it any more."""
        return self.message_id if self.is_message_visible else None

    def set_time(self, chosen: ChosenTime) -> None:
        """Take the time that the user has chosen: they are told of it then, again where they were before."""
        self.remind_at, self.wall_time, self.time_zone = chosen
        self.reminded_at = None
