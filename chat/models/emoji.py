"""Emoji that the members of an organisation have added."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from accounts.models import FoldedRecord, Organisation, Record, User
from lib.db.folded import FoldedField, FoldedQuerySet

EMOJI_IMAGES = "emoji"
MAX_EMOJI_NAME = 32
# Of one emoji, its first name among them.
MAX_EMOJI_NAMES = 10
MAX_EMOJI_PER_ORGANISATION = 1000


class CustomEmojiQuerySet(models.QuerySet["CustomEmoji"]):
    def visible_to(self, user: User) -> CustomEmojiQuerySet:
        """Return the emoji of the organisations that a user is in."""
        return self.filter(organisation__memberships__user=user)

    def for_listing(self) -> CustomEmojiQuerySet:
        """Load names and creators too."""
        return self.select_related("created_by").prefetch_related("names")


class CustomEmoji(Record):
    """A picture with a name that messages and reactions of an organisation may use as an emoji."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=MAX_EMOJI_NAME, help_text="Its first name. Reactions are stored under it.")
    image = models.FileField(upload_to=EMOJI_IMAGES, help_text="A WebP that we made, named by this row.")
    is_animated = models.BooleanField(default=False)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar = CustomEmojiQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "custom emoji"

    def __str__(self) -> str:
        return f":{self.name}:"

    @property
    def aliases(self) -> list[str]:
        """Return its further names, in the order in which they were given."""
        return [each.name for each in self.names.all() if each.name != self.name]


class EmojiName(FoldedRecord):
    """One of the names of an emoji, unique in its organisation without regard to case and accents."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    emoji = models.ForeignKey(CustomEmoji, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=MAX_EMOJI_NAME)
    folded_name = FoldedField("name")

    objects: ClassVar = FoldedQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        constraints = (models.UniqueConstraint(fields=["organisation", "folded_name"], name="emoji_name_once"),)

    def __str__(self) -> str:
        return f":{self.name}:"


def name_emoji_image(emoji_id: UUID) -> str:
    """Return the path under which the picture of an emoji is stored."""
    return f"{EMOJI_IMAGES}/{emoji_id.hex}.webp"
