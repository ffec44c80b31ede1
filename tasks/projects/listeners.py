"""React to who joins and leaves main channels in chat, inside the transaction of the change."""

from __future__ import annotations

from uuid import UUID

from chat.models import Room
from lib.db.transactions import after_commit
from tasks.models import Project
from tasks.projects import events
from tasks.projects.services.owners import ensure_owner


def member_joined(*, channel: Room, user_id: UUID) -> None:
    """Give a project to the sockets of a new member."""
    project = Project.objects.standing().for_reading().filter(channel=channel).first()
    if project is not None:
        after_commit(events.project_entered, project, user_id)


def member_left(*, channel: Room, user_id: UUID) -> None:
    """Take a project from the sockets of a former member. If they owned it, its longest admin does now."""
    after_commit(events.project_left, channel.pk, user_id)
    project = Project.objects.locked().filter(channel=channel, owner=user_id).first()
    if project is not None and ensure_owner(project):
        after_commit(events.project_updated, project)
