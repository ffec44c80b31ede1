"""Users that an admin has removed from the main channel of a project."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import Record, User
from chat.models.rooms import Room


class RoomRemoval(Record):
    """A user that an admin has removed from a main channel: until an admin adds them, nobody else can."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar = models.Manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["room", "user"], name="room_removal_once"),)

    def __str__(self) -> str:
        return f"{self.user} from {self.room}"
