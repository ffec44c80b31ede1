"""Keep an owner for each project, inside the caller's transaction."""

from __future__ import annotations

from chat.models import RoomMember
from tasks.models import Project


def ensure_owner(project: Project) -> bool:
    """Give a project whose owner is not in it to its longest admin, to nobody where it has none; return whether."""
    members = RoomMember.objects.with_user().filter(room=project.channel_id)
    if project.owner_id is not None and members.filter(user=project.owner_id).exists():
        return False
    admin = members.filter(role=RoomMember.Role.ADMIN).order_by("joined_at", "pk").first()
    project.owner = admin.user if admin else None
    project.save(update_fields=["owner", "updated_at"])
    return True
