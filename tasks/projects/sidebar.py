"""Add to the sidebar the pages of projects and tasks, and the projects that a user is in."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from chat.models import RoomMember
from chat.sidebar.registry import SidebarLink, SidebarSection
from lib.db.prepared import PreparedQuery
from tasks.models import Project
from tasks.models.projects import build_project_picture_url

# A sidebar holds no more; the page of projects has the others.
MAX_SECTIONS = 30


def list_links(*, organisation: Organisation) -> list[SidebarLink]:
    """Return the links to a user's own tasks and to the projects of an organisation."""
    return [
        SidebarLink(_("My tasks"), reverse("tasks:my_tasks", args=[organisation.slug]), "task", "my_tasks"),
        SidebarLink(_("Projects"), reverse("tasks:projects", args=[organisation.slug]), "projects", "projects"),
    ]


def load_sections(*, user: User, organisation: Organisation) -> list[SidebarSection]:
    """Return the projects that a user is in, by name, archived ones left out. One prepared query."""
    rows = _projects_query.rows(user_id=user.pk, organisation_id=organisation.pk)
    return [_build_section(*row) for row in rows]


def _build_section(project_id: UUID, name: str, color: str, picture: str) -> SidebarSection:
    board = SidebarLink(_("Board"), reverse("tasks:board", args=[project_id]), "board", f"board {project_id}")
    return SidebarSection(
        id=project_id,
        name=name,
        color=color,
        picture_url=build_project_picture_url(picture),
        url=reverse("tasks:project", args=[project_id]),
        here=f"project {project_id}",
        links=(board,),
    )


_projects_query = PreparedQuery(
    lambda user_id, organisation_id: (
        Project.objects.standing()
        .filter(organisation=organisation_id, archived_at=None)
        .filter(channel__in=RoomMember.objects.filter(user=user_id).values("room"))
        .order_by("folded_name", "pk")
        .values_list("id", "name", "color", "picture")[:MAX_SECTIONS]
    ),
    user_id=UUID,
    organisation_id=UUID,
)
