"""Tasks, and who and what belongs to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import FoldedRecord, Record, User
from assets.models import Asset
from chat.models import Message
from lib.db.folded import FoldedField, FoldedQuerySet
from tasks.models.columns import Column, Label
from tasks.models.positions import PositionField
from tasks.models.projects import Project
from tasks.models.status import Status

MAX_TITLE, MAX_DESCRIPTION = 250, 20_000
MAX_ASSIGNEES = 50


class TaskQuerySet(FoldedQuerySet["Task"]):
    def standing(self) -> TaskQuerySet:
        """Return the tasks that are not deleted."""
        return self.filter(deleted_at=None)

    def visible_to(self, user: User) -> TaskQuerySet:
        """Return the tasks of all projects that a user can see, deleted ones left out."""
        return self.standing().filter(project__in=Project.objects.visible_to(user))

    def writable_by(self, user: User) -> TaskQuerySet:
        """Return the tasks of the projects that a user is in and that are not archived, deleted ones left out."""
        return self.standing().filter(project__in=Project.objects.writable_by(user))

    def assigned_to(self, user: User) -> TaskQuerySet:
        """Return the tasks that a user is an assignee of."""
        return self.filter(Exists(TaskAssignee.objects.filter(task=OuterRef("pk"), user=user)))

    def open(self) -> TaskQuerySet:
        """Return the tasks that are not completed."""
        return self.exclude(status=Status.COMPLETED)

    def in_order(self) -> TaskQuerySet:
        """Sort by place in the column."""
        return self.order_by("position", "pk")


class Task(FoldedRecord):
    """A task, called by its project's key and its number. `version` is that of its latest change in the project.

    A task without a column waits in the triage of its project. Days are calendar days; `due_at` and `start_at` are set
    where a time was chosen too.
    """

    class Priority(models.IntegerChoices):
        NONE = 0, _("No priority")
        LOW = 1, _("Low")
        MEDIUM = 2, _("Medium")
        HIGH = 3, _("High")
        URGENT = 4, _("Urgent")

    class Repetition(models.TextChoices):
        AFTER_COMPLETION = "completion"
        WHEN_DUE = "due"

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="tasks", db_index=False)
    number = models.PositiveBigIntegerField(editable=False)
    version = models.PositiveBigIntegerField(editable=False)
    title = models.CharField(max_length=MAX_TITLE)
    folded_title = FoldedField("title")
    description = models.TextField(max_length=MAX_DESCRIPTION, blank=True)
    column = models.ForeignKey(Column, null=True, blank=True, on_delete=models.RESTRICT, related_name="tasks")
    status = models.CharField(max_length=11, choices=Status, default=Status.PENDING, help_text="That of its column.")
    position = PositionField()
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NONE)
    creator = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    start_date = models.DateField(null=True, blank=True)
    start_at = models.DateTimeField(null=True, blank=True)
    due_date = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, blank=True, help_text="Of its times, as IANA names it.")
    estimate = models.PositiveIntegerField(null=True, blank=True, help_text="In seconds.")
    time_spent = models.PositiveIntegerField(default=0, editable=False, help_text="In seconds.")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="subtasks")
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="That it was made of."
    )
    card = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="Root of its comments."
    )
    external_id = models.CharField(max_length=200, null=True, blank=True, help_text="Its id in another system.")
    recurrence = models.CharField(max_length=500, blank=True, help_text="An RRULE of RFC 5545.")
    repetition = models.CharField(max_length=10, choices=Repetition, default=Repetition.AFTER_COMPLETION)
    recurred_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="next_recurrence"
    )
    wall_time = models.TimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Of a series, where a clock change has left out the time at which it is due.",
    )
    snoozed_until = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True, help_text="When it was first in progress.")
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar = TaskQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["project", "number"], name="task_number_once"),
            models.UniqueConstraint(
                fields=["project", "external_id"], condition=Q(external_id__isnull=False), name="task_external_id_once"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="task_status_known"),
            models.CheckConstraint(condition=Q(priority__lte=4), name="task_priority_known"),
            models.CheckConstraint(condition=Q(repetition__in=["completion", "due"]), name="task_repetition_known"),
            models.CheckConstraint(
                condition=Q(status="completed", completed_at__isnull=False)
                | (~Q(status="completed") & Q(completed_at__isnull=True)),
                name="task_completed_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(due_date__isnull=False), name="task_due_at_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(start_at__isnull=True) | Q(start_date__isnull=False), name="task_start_at_on_a_day"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="task_not_its_own_parent"),
        )
        indexes = (
            models.Index(fields=["column", "position", "id"], name="task_by_position"),
            models.Index(fields=["project", "version"], name="task_by_version"),
            models.Index(fields=["project", "due_date"], condition=Q(due_date__isnull=False), name="task_by_due_date"),
            # What reminders and series look for each minute.
            models.Index(
                fields=["due_date"], condition=Q(completed_at=None, deleted_at=None), name="task_open_by_due_date"
            ),
            models.Index(
                fields=["due_date"], condition=Q(repetition="due") & ~Q(recurrence=""), name="task_recurring_when_due"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("tasks:task", args=[self.pk])

    @property
    def is_completed(self) -> bool:
        return self.status == Status.COMPLETED


class TaskAssignee(Record):
    """A user who does a task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignees", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    reminded_date = models.DateField(null=True, blank=True, help_text="The due date that the user was reminded of.")
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="The due time that the user was reminded of.")

    objects: ClassVar = models.Manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["task", "user"], name="task_assignee_once"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.task}"


class TaskWatcher(Record):
    """A user who is told of the changes of a task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="watchers", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["task", "user"], name="task_watcher_once"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.task}"


class TaskLabel(Record):
    """A label of a task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="task_labels", db_index=False)
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="task_labels")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["task", "label"], name="task_label_once"),)

    def __str__(self) -> str:
        return f"{self.label}: {self.task}"


class TaskRelation(Record):
    """A relation of two tasks, which may be of two projects: `task` blocks, duplicates or relates to `other`."""

    class Kind(models.TextChoices):
        BLOCKS = "blocks"
        DUPLICATES = "duplicates"
        RELATES = "relates"

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="relations", db_index=False)
    other = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="inverse_relations")
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["task", "other", "kind"], name="task_relation_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["blocks", "duplicates", "relates"]), name="task_relation_kind_known"
            ),
            models.CheckConstraint(condition=~Q(task=F("other")), name="task_relation_of_two"),
        )

    def __str__(self) -> str:
        return f"{self.task} {self.kind} {self.other}"


class TaskAttachment(Record):
    """A file of a task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="attachments", db_index=False)
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["task", "asset"], name="task_attachment_once"),)

    def __str__(self) -> str:
        return f"{self.asset}: {self.task}"
