"""Announcements of administrators to all members of an organisation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import Membership, Organisation, Record, User

MAX_TEXT = 1000


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def administered_by(self, user: User) -> AnnouncementQuerySet:
        """Return those of organisations of which a user is owner or administrator."""
        own = Membership.objects.filter(user=user, role__in=Membership.ADMIN_ROLES)
        return self.filter(organisation__in=own.values("organisation"))

    def for_listing(self) -> AnnouncementQuerySet:
        """Load the authors."""
        return self.select_related("author")


class Announcement(Record):
    """A text to all members of an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="announcements")
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    text = models.CharField(max_length=MAX_TEXT)

    objects: ClassVar = AnnouncementQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text[:80]
