"""Addresses by which calendars read the tasks of a user."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import Record, User


class CalendarFeed(Record):
    """A secret address at which the tasks of a user are read, until it is revoked. Its key is not stored."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the key.")
    last_read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = models.Manager()

    def __str__(self) -> str:
        return f"Calendar of {self.user}"
