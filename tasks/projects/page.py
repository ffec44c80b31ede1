"""Build the pages of a project: what their head shows, and what the user may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.requests import SignedInRequest
from chat.models import RoomMember
from chat.sidebar.page import page_context
from tasks.models import Project, Task

# View, words and icon of each page.
TABS = (
    ("project", _("Overview"), "overview"),
    ("board", _("Board"), "board"),
    ("list", _("List"), "list"),
    ("calendar", _("Calendar"), "calendar"),
    ("triage", _("Triage"), "inbox"),
    ("statistics", _("Statistics"), "chart"),
    ("settings", _("Settings"), "sliders"),
)


@dataclass(frozen=True, slots=True)
class ProjectHead:
    """A project, and what a user is in it. `triage_count` is how many tasks wait there for a place.

    `may_create` tells whether they may create other projects.
    """

    project: Project
    role: str | None
    may_administer: bool
    may_create: bool
    triage_count: int

    @property
    def may_write(self) -> bool:
        """Tell whether the user may change what is in the project."""
        return self.role is not None and not self.project.is_archived

    @property
    def may_add_people(self) -> bool:
        """Tell whether the user may add members: guests of the organisation may not."""
        return self.may_write and self.may_create

    @property
    def may_open_settings(self) -> bool:
        return self.may_administer or self.role is not None


def load_head(*, user: User, project_id: UUID) -> ProjectHead:
    """Return the head of a project that a user can see. One query."""
    own = RoomMember.objects.filter(user=user, room=OuterRef("channel"))
    membership = Membership.objects.filter(user=user, organisation=OuterRef("organisation"))
    waiting = Task.objects.standing().open().filter(project=OuterRef("pk"), column=None).order_by().values("project")
    project: Any = (
        Project.objects.visible_to(user)
        .for_reading()
        .annotate(
            own_role=Subquery(own.values("role")[:1]),
            organisation_role=Subquery(membership.values("role")[:1]),
            triage_count=Coalesce(Subquery(waiting.annotate(n=Count("pk")).values("n")), 0),
        )
        .get(pk=project_id)
    )
    is_admin = project.organisation_role in Membership.ADMIN_ROLES or project.own_role == RoomMember.Role.ADMIN
    return ProjectHead(
        project=project,
        role=project.own_role,
        may_administer=is_admin,
        may_create=project.organisation_role in Membership.OPEN_ROOM_ROLES,
        triage_count=project.triage_count,
    )


def project_context(request: SignedInRequest, head: ProjectHead, *, tab: str, **more: Any) -> dict[str, Any]:
    """Return the context of a page of a project; `tab` is the name of its view, as `board`."""
    project = head.project
    tabs = [entry for entry in TABS if entry[0] != "settings" or head.may_open_settings]
    context: dict[str, Any] = {"head": head, "project": project, "tab": tab, "tabs": tabs}
    return page_context(request, project.organisation, here=f"{tab} {project.pk}", **context, **more)
