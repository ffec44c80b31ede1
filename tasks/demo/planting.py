"""Put the projects of the sample company into the database, through the same services as users do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import Organisation, User
from tasks.demo.projects import PROJECTS, ProjectPlan, TaskPlan
from tasks.models import Label, Project, Task, TaskChange
from tasks.projects.services.labels import create_label
from tasks.projects.services.projects import create_project
from tasks.work.services.creating import create_task
from tasks.work.services.updating import complete_task, update_task

DONE = "+"


def plant_rows(organisation: Organisation, users: Mapping[str, User], now: datetime) -> None:
    """Create the projects of an organisation that are missing, with their tasks at the times of the plan."""
    known = set(Project.objects.filter(organisation=organisation).values_list("key", flat=True))
    for plan in PROJECTS:
        if plan.key not in known:
            _ProjectPlanter(plan, organisation, users, now).plant_project()


@dataclass(slots=True)
class _ProjectPlanter:
    """Plants one project of the sample."""

    plan: ProjectPlan
    organisation: Organisation
    users: Mapping[str, User]
    now: datetime

    def plant_project(self) -> None:
        """Create the project and its tasks. Its channel tells of none of them: it was quiet when they were made."""
        people = [self.users[name] for name in self.plan.people.split()]
        project = create_project(
            actor=people[0],
            slug=self.organisation.slug,
            name=self.plan.name,
            key=self.plan.key,
            description=self.plan.description,
            color=self.plan.color,
            git_url=self.plan.git_url,
            git_branch=self.plan.git_branch,
            visibility="organisation",
            member_ids=[user.pk for user in people[1:]],
        )
        Project.objects.filter(pk=project.pk).update(announces_tasks=False)
        labels = {
            name: create_label(actor=people[0], project_id=project.pk, name=name, color=color)
            for name, color in self.plan.labels.items()
        }
        for plan in sorted(self.plan.tasks, key=lambda each: -each.created):
            self._plant_task(project, plan, labels)
        Project.objects.filter(pk=project.pk).update(announces_tasks=True)

    def _plant_task(self, project: Project, plan: TaskPlan, labels: Mapping[str, Label]) -> None:
        people = [self.users[name] for name in plan.people.split()]
        actor = people[0] if people else self.users[self.plan.people.split()[0]]
        task = create_task(
            actor=actor,
            project_id=project.pk,
            title=plan.title,
            description=plan.description,
            priority=plan.priority,
            assignee_ids=[user.pk for user in people],
            label_ids=[labels[name].pk for name in plan.labels.split()],
            estimate=plan.hours * 3600 or None,
            due_date=(self.now + timedelta(days=plan.due)).date() if plan.due is not None else None,
            **{"column_id": None} if plan.in_triage else {},
        )
        if plan.started is not None:
            update_task(actor=actor, task_id=task.pk, status="in_progress")
        for step in plan.steps:
            child = create_task(actor=actor, project_id=project.pk, title=step.removeprefix(DONE), parent_id=task.pk)
            if step.startswith(DONE):
                complete_task(actor=actor, task_id=child.pk)
            self._move_into_past(child.pk, plan.created, None, plan.started or 0)
        if plan.done is not None:
            complete_task(actor=actor, task_id=task.pk)
        self._move_into_past(task.pk, plan.created, plan.started, plan.done)

    def _move_into_past(self, task_id: UUID, created: int, started: int | None, done: int | None) -> None:
        """Give a task and its history the times of the plan."""
        task = Task.objects.get(pk=task_id)
        moments = {"created_at": self._find_moment(created)}
        if task.started_at and started is not None:
            moments["started_at"] = self._find_moment(started)
        if task.completed_at and done is not None:
            moments["completed_at"] = max(self._find_moment(done), moments["created_at"])
        Task.objects.filter(pk=task_id).update(**moments)
        by_status = {"in_progress": started, "completed": done}
        for change in TaskChange.objects.filter(task=task_id):
            days = by_status.get(change.after if isinstance(change.after, str) else "")
            if change.field == "column_id":
                days = done if change.version == task.version and task.is_completed else started
            moment = self._find_moment(created if days is None else days)
            TaskChange.objects.filter(pk=change.pk).update(created_at=moment)

    def _find_moment(self, days_ago: int) -> datetime:
        return self.now - timedelta(days=days_ago, hours=2)
