"""Links by which anyone can read the board of a project."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from accounts.models import Record
from lib.signed_ids import read_signed_id, sign_id
from tasks.models.projects import Project

SALT = "tasks.share_link"


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def with_key(self, key: str) -> ShareLinkQuerySet:
        """Return the link that a key opens, open or not; none, and no query, when its signature is wrong."""
        link_id = read_signed_id(key, salt=SALT)
        return self.filter(pk=link_id) if link_id else self.none()

    def open(self) -> ShareLinkQuerySet:
        """Return the links that show a board now: of active projects, in organisations that allow it, not expired."""
        active = self.filter(project__archived_at=None, project__deleted_at=None)
        allowed = active.filter(project__organisation__share_links=True)
        return allowed.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))


class ShareLink(Record):
    """A link by which anyone reads the board of a project, without signing in, until it is revoked.

    It is no user, and no permission of one: it opens the page of `tasks/sharing/views.py`, and nothing else.
    """

    class Assignees(models.TextChoices):
        HIDDEN = "hidden", pgettext_lazy("assignees on a shared board", "Not at all")
        INITIALS = "initials", pgettext_lazy("assignees on a shared board", "By their initials")
        NAMES = "names", pgettext_lazy("assignees on a shared board", "By their names")

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="share_link")
    expires_at = models.DateTimeField(null=True, blank=True)
    assignees = models.CharField(max_length=8, choices=Assignees, default=Assignees.HIDDEN)
    shows_descriptions = models.BooleanField(default=False)

    objects: ClassVar = ShareLinkQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(assignees__in=["hidden", "initials", "names"]), name="share_link_assignees_known"
            ),
        )

    def __str__(self) -> str:
        return str(self.project)

    @property
    def key(self) -> str:
        """Return the id and its signature, so that no usable secret is stored."""
        return sign_id(self.pk, salt=SALT)

    @property
    def url(self) -> str:
        return reverse("tasks:shared_board", args=[self.key])

    @property
    def has_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()
