"""A board over REST, as in the tutorials of Django and django-ninja: related rows are prefetched."""

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import ModelSchema, Router, Schema
from ninja.pagination import paginate
from ninja.security import django_auth

from tests.benchmarks.stock.models import Label, Project, Task

router = Router(auth=django_auth)


class AssigneeOut(ModelSchema):
    class Meta:
        model = get_user_model()
        fields = ("id", "username")


class LabelOut(ModelSchema):
    class Meta:
        model = Label
        fields = ("id", "name", "color")


class TaskOut(ModelSchema):
    assignees: list[AssigneeOut]
    labels: list[LabelOut]

    class Meta:
        model = Task
        fields = ("id", "project", "column", "order", "title", "description", "priority", "due_date", "updated_at")


class MoveIn(Schema):
    column: int
    order: int


@router.get("/projects/{project_id}/board", response=list[TaskOut])
def board(request: HttpRequest, project_id: int) -> QuerySet[Task]:
    project = get_object_or_404(Project, pk=project_id, members=request.user)
    return project.tasks.prefetch_related("assignees", "labels")


@router.get("/projects/{project_id}/tasks", response=list[TaskOut])
@paginate
def tasks(request: HttpRequest, project_id: int, status: str, assignee: int, q: str) -> QuerySet[Task]:
    project = get_object_or_404(Project, pk=project_id, members=request.user)
    found = project.tasks.filter(column__status=status, assignees=assignee, title__icontains=q)
    return found.prefetch_related("assignees", "labels").order_by("pk")


@router.post("/tasks/{task_id}/move", response=TaskOut)
def move(request: HttpRequest, task_id: int, body: MoveIn) -> Task:
    with transaction.atomic():
        task = get_object_or_404(Task, pk=task_id, project__members=request.user)
        Task.objects.filter(column_id=body.column, order__gte=body.order).update(order=F("order") + 1)
        task.column_id, task.order = body.column, body.order
        task.save()
    async_to_sync(get_channel_layer().group_send)(f"project.{task.project_id}", {"type": "task.moved", "id": task.pk})
    return task
