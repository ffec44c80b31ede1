"""What pages say about themselves, shown as cards below the messages that link to them."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Organisation, Record, User
from chat.models.messages import Message

PREVIEW_IMAGES = "previews"
# So long another message in the organisation that links to the page gets the same preview.
LIFETIME = timedelta(days=1)
# A page that gave none is asked again after this.
FAILURE_LIFETIME = timedelta(hours=1)


class LinkPreviewQuerySet(models.QuerySet["LinkPreview"]):
    def fresh(self) -> LinkPreviewQuerySet:
        """Return the previews that a new message may reuse."""
        return self.filter(
            Q(created_at__gt=Now() - FAILURE_LIFETIME) | Q(created_at__gt=Now() - LIFETIME, title__gt="")
        )

    def unused(self) -> LinkPreviewQuerySet:
        """Return the previews that no message shows or will reuse."""
        return self.filter(created_at__lt=Now() - LIFETIME, uses=None)

    def visible_to(self, user: User) -> LinkPreviewQuerySet:
        """Return the previews of messages that a user can see."""
        uses = MessagePreview.objects.filter(preview=models.OuterRef("pk"), removed_at=None)
        return self.filter(models.Exists(uses.filter(message__in=Message.objects.visible_to(user).not_deleted())))


class LinkPreview(Record):
    """What a page said about itself when it was asked; without a title, nothing. Never changed: messages show it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    url = models.TextField(help_text="Without its fragment.")
    title = models.TextField(blank=True)
    description = models.TextField(blank=True)
    site_name = models.TextField(blank=True)
    image = models.FileField(upload_to=PREVIEW_IMAGES, blank=True, help_text="A WebP that we made, named by this row.")
    image_width = models.PositiveSmallIntegerField(default=0)
    image_height = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar = LinkPreviewQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["organisation", "url", "created_at"], name="preview_by_url"),)

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def is_empty(self) -> bool:
        return not self.title


class MessagePreview(Record):
    """The preview of a link in a message, or that its author removed it. `Message.previews` repeats those shown."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+", db_index=False)
    preview = models.ForeignKey(LinkPreview, on_delete=models.CASCADE, related_name="uses")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["message", "preview"], name="message_preview_once"),)

    def __str__(self) -> str:
        return f"{self.preview_id} below {self.message_id}"


def name_image(preview_id: UUID) -> str:
    """Return the path under which the picture of a preview is stored."""
    return f"{PREVIEW_IMAGES}/{preview_id.hex}.webp"
