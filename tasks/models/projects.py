"""Projects: what a team works on, with channels and tasks of its own."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Any, ClassVar, Literal

from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.core.exceptions import FieldDoesNotExist
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import FoldedRecord, Membership, Organisation, User
from chat.models import Room
from lib.db.folded import FoldedField, FoldedQuerySet

MAX_KEY = 6
MAX_PROJECTS = 1000
# Folder of the media directory.
PICTURES = "project-pictures"
# By the names of the style sheets.
COLORS = ("slate", "red", "orange", "amber", "green", "teal", "blue", "indigo", "violet", "pink")
# How long a deleted project can be restored.
KEPT_FOR = timedelta(days=30)
State = Literal["active", "archived", "deleted"]
Visibility = Literal["members", "organisation"]

is_key = RegexValidator(r"\A[A-Z][A-Z0-9]{1,5}\Z", _("Two to six capital letters and digits, a letter first."))


@lru_cache(maxsize=4096)
def build_project_picture_url(name: str) -> str | None:
    """Return the path at which a stored picture is shown, or nothing for no picture."""
    return reverse("api:get_project_picture", args=[name.rpartition("/")[2]]) if name else None


class ProjectQuerySet(FoldedQuerySet["Project"]):
    def standing(self) -> ProjectQuerySet:
        """Return the projects that are not deleted; archived ones are among them."""
        return self.filter(deleted_at=None)

    def visible_to(self, user: User) -> ProjectQuerySet:
        """Return the projects that a user is in, and the open ones of organisations in which they are no guest."""
        return self.standing().filter(channel__in=Room.objects.visible_to(user))

    def writable_by(self, user: User) -> ProjectQuerySet:
        """Return the projects that a user is in and that are not archived."""
        return self.standing().filter(channel__in=Room.objects.writable_by(user), archived_at=None)

    def administered_by(self, user: User) -> ProjectQuerySet:
        """Return the projects that a user may administer: as admin of the project, or of the organisation it is in."""
        return self.standing().filter(channel__in=Room.objects.administered_by(user))

    def restorable_by(self, user: User) -> ProjectQuerySet:
        """Return the deleted projects that a user deleted or owned, and all of organisations that they administer.

        Those that were deleted a month ago are about to vanish: they are left out.
        """
        own = Membership.objects.filter(user=user)
        admin = own.filter(role__in=Membership.ADMIN_ROLES)
        theirs = Q(deleted_by=user) | Q(owner=user)
        return self.filter(deleted_at__gte=timezone.now() - KEPT_FOR).filter(
            Q(organisation__in=admin.values("organisation")) | theirs & Q(organisation__in=own.values("organisation"))
        )

    def for_reading(self) -> ProjectQuerySet:
        """Load what is shown of a project, but for its tasks."""
        return self.select_related("organisation", "channel", "owner")

    def expired(self) -> ProjectQuerySet:
        """Return the projects that were deleted so long ago that nobody can restore them."""
        return self.filter(deleted_at__lt=timezone.now() - KEPT_FOR)

    def locked(self) -> ProjectQuerySet:
        """Lock the rows until the commit, and load what is shown of them too."""
        return self.select_for_update(of=("self",), no_key=True).for_reading()


class Project(FoldedRecord):
    """A project. Its members are those of its main channel, whose id it has, with the roles that they have there.

    It counts its tasks (`last_number`, which is never used again) and their changes (`version`).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="projects")
    channel = models.OneToOneField(Room, on_delete=models.CASCADE, related_name="project")
    name = models.CharField(max_length=80)
    folded_name = FoldedField("name")
    key = models.CharField(max_length=MAX_KEY, validators=[is_key], help_text="Before the number of a task: ATR-12.")
    description = models.TextField(max_length=10_000, blank=True)
    color = models.CharField(max_length=8, choices=[(name, name) for name in COLORS], default=COLORS[0])
    picture = models.FileField(upload_to=PICTURES, blank=True, help_text="A square WebP under a random name.")
    git_url = models.CharField(max_length=500, blank=True)
    git_branch = models.CharField(max_length=200, blank=True)
    start_date = models.DateField(null=True, blank=True, help_text="Left out: that of its first task.")
    target_date = models.DateField(null=True, blank=True, help_text="Left out: when its last task is due.")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    announces_tasks = models.BooleanField(default=True, help_text="Cards in its main channel tell of its tasks.")
    is_template = models.BooleanField(default=False, help_text="Offered as a start for new projects.")
    archived_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    former_members = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text="Of a deleted project: who was in its channels.",
    )
    last_number = models.PositiveBigIntegerField(default=0, editable=False)
    version = models.PositiveBigIntegerField(default=0, editable=False)

    objects: ClassVar = ProjectQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "key"], name="project_key_once"),
            models.CheckConstraint(condition=Q(id=F("channel")), name="project_has_id_of_channel"),
            models.CheckConstraint(condition=Q(color__in=COLORS), name="project_color_known"),
        )
        indexes = (models.Index(fields=["organisation", "folded_name"], name="project_by_name"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tasks:project", args=[self.pk])

    @property
    def picture_url(self) -> str | None:
        return build_project_picture_url(self.picture.name or "")

    @property
    def state(self) -> State:
        if self.deleted_at is not None:
            return "deleted"
        return "archived" if self.archived_at is not None else "active"

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def visibility(self) -> Visibility:
        """Return who sees the project; its main channel has to be loaded."""
        return "members" if self.channel.members_only else "organisation"


def fill_project_names(using: str, apps: Apps = installed_apps, **_kwargs: Any) -> None:
    """Give channels the name of their project that were stored before they had one. Called after migrations."""
    try:
        rooms, projects = apps.get_model("chat", "Room"), apps.get_model("tasks", "Project")
        rooms._meta.get_field("project_name")
    except (LookupError, FieldDoesNotExist):  # an earlier state of the database
        return
    own = projects._base_manager.filter(channel=OuterRef("main_channel")).values("name")
    unfilled = rooms._base_manager.using(using).filter(project_name="", main_channel__project__isnull=False)
    unfilled.update(project_name=Subquery(own[:1]))
