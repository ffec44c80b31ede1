"""Assemble a task with all that belongs to it, as a user sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.models import User
from chat.attachments.schemas import get_file_limits
from chat.library.queries import LibraryFile
from lib.text.markdown.document import render
from lib.text.time_zones import find_zone
from tasks.attachments.queries import attachments_of
from tasks.models import Task, TaskRelation, TimeEntry
from tasks.projects.page import ProjectHead, load_head
from tasks.recurrence.describing import DAYS, RuleParts, describe_rule, read_rule
from tasks.relations.queries import relations_of
from tasks.relations.schemas import INVERSES
from tasks.task_page.history import HistoryLine, describe_duration, load_history
from tasks.time_tracking.queries import TimeSheet, load_time_sheet
from tasks.watching.queries import load_watchers
from tasks.work.due import DueDay, describe_due_day
from tasks.work.queries import ProjectChoices, load_choices, with_details
from tasks.work.schemas import PRIORITIES
from tasks.work.services.recurring import find_next_time


@dataclass(frozen=True, slots=True)
class DayField:
    """A day of a task, with the time of day in its own zone where one was chosen."""

    name: str
    day: date | None
    clock: str


@dataclass(frozen=True, slots=True)
class TimeRow:
    """Time that was spent on a task, in words; whether the user may delete it, and enter it again."""

    entry: TimeEntry
    spent: str
    is_own: bool
    may_delete: bool


FREQUENCIES: dict[str, StrOrPromise] = {
    "": _("Never"),
    "DAILY": _("Daily"),
    "WEEKLY": _("Weekly"),
    "MONTHLY": _("Monthly"),
    "YEARLY": _("Yearly"),
    "CUSTOM": _("By a rule of my own"),
}
# What a task is to another one.
RELATIONS: dict[str, StrOrPromise] = {
    "blocked_by": _("Blocked by"),
    "blocks": _("Blocks"),
    "relates": _("Related to"),
    "duplicates": _("Duplicate of"),
    "duplicated_by": _("Duplicated by"),
}


@dataclass(frozen=True, slots=True)
class RelationRow:
    """Another task, and what the one that is shown is to it."""

    pk: UUID
    kind: str
    task: Task

    @property
    def words(self) -> StrOrPromise:
        return RELATIONS[self.kind]

    @property
    def key(self) -> str:
        return f"{self.task.project.key}-{self.task.number}"


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A task as its page and its panel show it to a user."""

    user: User
    head: ProjectHead
    task: Task
    choices: ProjectChoices
    subtasks: list[Task]
    history: list[HistoryLine]
    due: DueDay | None
    time: TimeSheet
    watchers: list[User]
    files: list[LibraryFile]
    relations: list[RelationRow]

    @property
    def is_watching(self) -> bool:
        return self.user in self.watchers

    @property
    def max_bytes(self) -> int:
        """Return how many bytes a file may have."""
        return get_file_limits().size

    @property
    def rule(self) -> RuleParts:
        """Return what the form shows of the rule by which it recurs."""
        return read_rule(self.task.recurrence)

    @property
    def recurrence(self) -> str:
        return describe_rule(self.task.recurrence)

    @property
    def frequencies(self) -> list[tuple[str, str]]:
        return [(name, str(words)) for name, words in FREQUENCIES.items()]

    @property
    def weekdays(self) -> list[tuple[str, str]]:
        """Return names and short words of the days of a week, from Monday on."""
        return [(name, str(WEEKDAYS_ABBR[index])) for index, name in enumerate(DAYS)]

    @property
    def next_day(self) -> date | None:
        """Return the day of the next task of its series, if this is the last one so far."""
        coming = find_next_time(self.task, timezone.now()) if self.task.recurrence else None
        return coming.wall.date() if coming and not self.task.is_completed else None

    @property
    def relation_kinds(self) -> list[tuple[str, str]]:
        """Return names and words of what a task may be to another one."""
        return [(name, str(words)) for name, words in RELATIONS.items()]

    @property
    def key(self) -> str:
        return f"{self.task.project.key}-{self.task.number}"

    @property
    def description(self) -> SafeString:
        """Return the description as safe HTML."""
        return SafeString(render(self.task.description)) if self.task.description else SafeString("")

    @property
    def priority(self) -> str:
        return PRIORITIES[self.task.priority]

    @property
    def priorities(self) -> list[tuple[str, str]]:
        """Return names and words of the priorities, the highest first."""
        return [(PRIORITIES[each.value], str(each.label)) for each in reversed(Task.Priority)]

    @property
    def assignees(self) -> list[User]:
        return [each.user for each in self.task.assignees.all()]

    @property
    def assignee_ids(self) -> set[UUID]:
        return {each.user_id for each in self.task.assignees.all()}

    @property
    def label_ids(self) -> set[UUID]:
        return {each.label_id for each in self.task.task_labels.all()}

    @property
    def start(self) -> DayField:
        return _build_day("start", self.task.start_date, self.task.start_at, self.task.time_zone)

    @property
    def end(self) -> DayField:
        return _build_day("due", self.task.due_date, self.task.due_at, self.task.time_zone)

    @property
    def estimate(self) -> str:
        return "" if self.task.estimate is None else describe_duration(self.task.estimate)

    @property
    def time_spent(self) -> str:
        return describe_duration(self.task.time_spent) if self.task.time_spent else ""

    @property
    def is_over_estimate(self) -> bool:
        return self.task.estimate is not None and self.task.time_spent > self.task.estimate

    @property
    def time_rows(self) -> list[TimeRow]:
        """Return the time that was spent, the latest first."""
        return [self._build_time_row(entry) for entry in self.time.entries]

    def _build_time_row(self, entry: TimeEntry) -> TimeRow:
        is_own = entry.user_id == self.user.pk
        may_delete = self.head.may_write and (is_own or self.head.may_administer)
        return TimeRow(entry, describe_duration(entry.seconds), is_own, may_delete)

    @property
    def completed_subtasks(self) -> int:
        return sum(task.is_completed for task in self.subtasks)


def load_task_page(*, user: User, task_id: UUID) -> TaskPage:
    """Return a task that a user can see with all that its page shows. Raise Task.DoesNotExist for any other."""
    task: Task = with_details(Task.objects.visible_to(user)).select_related("column", "parent").get(pk=task_id)
    head = load_head(user=user, project_id=task.project_id)
    choices = load_choices(head.project)
    subtasks = with_details(Task.objects.standing().filter(project=task.project_id, parent=task)).order_by("number")
    today = timezone.localdate(timezone=find_zone(user.time_zone))
    return TaskPage(
        user=user,
        head=head,
        task=task,
        choices=choices,
        subtasks=list(subtasks),
        history=load_history(task, choices),
        due=describe_due_day(task.due_date, today=today, is_completed=task.is_completed),
        time=load_time_sheet(user, task),
        watchers=load_watchers(task),
        files=[LibraryFile(each.asset) for each in attachments_of(task)],
        relations=[_build_relation(each, task) for each in relations_of(user, task).order_by("pk")],
    )


def _build_relation(relation: TaskRelation, task: Task) -> RelationRow:
    is_own = relation.task_id == task.pk
    kind = relation.kind if is_own else INVERSES[relation.kind]
    return RelationRow(relation.pk, kind, relation.other if is_own else relation.task)


def _build_day(name: str, day: date | None, moment: datetime | None, zone: str) -> DayField:
    clock = f"{moment.astimezone(find_zone(zone) or ZoneInfo('UTC')):%H:%M}" if moment else ""
    return DayField(name, day, clock)
