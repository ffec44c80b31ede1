"""Add members to projects, change their role, remove them: in the main channel, whose members they are."""

from __future__ import annotations

from uuid import UUID

from accounts.models import User
from chat.models import RoomMember
from chat.rooms.services import members
from tasks.models import Project


def add_project_member(
    *, actor: User, project_id: UUID, user_id: UUID, role: str = RoomMember.Role.MEMBER
) -> RoomMember:
    """Add a member of the organisation to a project; return the existing member, if any. Only admins appoint admins.

    Raise PermissionDenied for guests, and for who adds somebody that an admin has removed without being one.
    """
    project = Project.objects.visible_to(actor).get(pk=project_id)
    return members.add_member(actor=actor, room_id=project.channel_id, user_id=user_id, role=role)


def change_project_role(*, actor: User, project_id: UUID, user_id: UUID, role: str) -> RoomMember:
    """Make a member an admin of a project or a plain member again. A project keeps at least one admin."""
    project = Project.objects.visible_to(actor).get(pk=project_id)
    return members.change_member_role(actor=actor, room_id=project.channel_id, user_id=user_id, role=role)


def remove_project_member(*, actor: User, project_id: UUID, user_id: UUID) -> None:
    """Remove a member from a project and all its channels. Their sockets hear nothing more of it."""
    project = Project.objects.visible_to(actor).get(pk=project_id)
    members.remove_member(actor=actor, room_id=project.channel_id, user_id=user_id)
