"""Create projects and change them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_created, record_updated
from accounts.models import Membership, User
from accounts.permissions import require_membership
from chat.models import RoomMember
from chat.rooms.services.main_channels import change_audience, open_main_channel, show_project_name
from lib.db.transactions import after_commit
from lib.text.folding import normalize_text
from lib.text.names import clean_name
from lib.text.slugs import HandleTaken, store_with_free_handle
from lib.web.errors import Taken
from tasks.models import COLORS, MAX_PROJECTS, Project
from tasks.models.projects import Visibility, is_key
from tasks.projects import events
from tasks.projects.git_addresses import clean_git_branch, clean_git_url
from tasks.projects.keys import suggest_key
from tasks.projects.permissions import lock_administered_project, lock_project_with_channels
from tasks.projects.services.copying import copy_board, find_template
from tasks.projects.services.storing import store_default_columns

# Set by the server, so they need no validation.
TRUSTED_FIELDS = ("organisation", "channel", "owner", "deleted_by", "former_members", "picture")
CHANGEABLE = (
    "name",
    "key",
    "description",
    "color",
    "git_url",
    "git_branch",
    "is_template",
    "announces_tasks",
    "start_date",
    "target_date",
    "owner_id",
)
KEY_TAKEN = _("Another project has this key.")


def create_project(
    *,
    actor: User,
    slug: str,
    name: str,
    key: str = "",
    description: str = "",
    color: str = "",
    git_url: str = "",
    git_branch: str = "",
    start_date: date | None = None,
    target_date: date | None = None,
    visibility: Visibility = "members",
    member_ids: Iterable[UUID] = (),
    template_id: UUID | None = None,
) -> Project:
    """Create a project of the organisation `slug` with its first channel and columns, and the actor as owner and admin.

    With a template, a project that the actor sees, it begins with the columns, labels and tasks of that. Without a
    `key`, one is made of the name. Raise PermissionDenied for a guest, `Taken` for the key of another project,
    ValidationError for users and templates from outside the organisation.
    """
    own = require_membership(actor, slug)
    if own.role not in Membership.OPEN_ROOM_ROLES:
        raise PermissionDenied(_("Guests can't create projects."))
    fields: dict[str, Any] = {
        "name": clean_name(name),
        "description": clean_description(description),
        "color": color or COLORS[0],
        "git_url": clean_git_url(git_url),
        "git_branch": clean_git_branch(git_branch),
        "start_date": start_date,
        "target_date": target_date,
    }
    _require_order(start_date, target_date)
    member_ids = list(member_ids)
    template = find_template(own, template_id) if template_id else None

    @transaction.atomic
    def store(free_key: str) -> Project:
        _require_room_for_projects(own)
        project = Project(organisation=own.organisation, owner=actor, key=free_key, **fields)
        project.clean_fields(exclude=(*TRUSTED_FIELDS, "id"))
        channel = open_main_channel(
            actor=actor,
            organisation=own.organisation,
            project_name=project.name,
            members_only=visibility == "members",
            member_ids=member_ids,
        )
        project.pk, project.channel = channel.pk, channel
        project.save(force_insert=True)
        if template is None:
            store_default_columns(project)
        else:
            copy_board(actor, template, project)
        facts = {"name": project.name, "key": project.key, "visibility": project.visibility}
        record_created(actor, project, organisation=own.organisation, **facts)
        after_commit(events.project_created, project)
        return project

    keys = Project.objects.filter(organisation=own.organisation)
    try:
        return store_with_free_handle(
            store,
            chosen=clean_key(key),
            suggest=lambda: suggest_key(fields["name"], set(keys.values_list("key", flat=True))),
            is_taken=lambda wanted: keys.filter(key=wanted).exists(),
        )
    except HandleTaken as error:
        raise Taken("key", KEY_TAKEN) from error


def update_project(
    *,
    actor: User,
    project_id: UUID,
    name: str | None = None,
    key: str | None = None,
    description: str | None = None,
    color: str | None = None,
    git_url: str | None = None,
    git_branch: str | None = None,
    is_template: bool | None = None,
    announces_tasks: bool | None = None,
    start_date: date | Literal[""] | None = None,
    target_date: date | Literal[""] | None = None,
    owner_id: UUID | None = None,
    visibility: Visibility | None = None,
) -> Project:
    """Change a project. Raise `Taken` for the key of another one, ValidationError for an owner who is not in it.

    An empty text takes a date away. The `visibility` is that of its channels too.
    """
    try:
        with transaction.atomic():
            lock = lock_project_with_channels if visibility or name else lock_administered_project
            project = lock(actor, project_id)
            former = {field: getattr(project, field) for field in CHANGEABLE}
            wanted: dict[str, Any] = {
                "name": name if name is None else clean_name(name),
                "key": clean_key(key or ""),
                "description": description if description is None else clean_description(description),
                "color": color,
                "git_url": git_url if git_url is None else clean_git_url(git_url),
                "git_branch": git_branch if git_branch is None else clean_git_branch(git_branch),
                "is_template": is_template,
                "announces_tasks": announces_tasks,
            }
            for field, value in wanted.items():
                if value is not None:
                    setattr(project, field, value)
            for field, day in (("start_date", start_date), ("target_date", target_date)):
                if day is not None:
                    setattr(project, field, day or None)
            _require_order(project.start_date, project.target_date)
            if owner_id is not None:
                project.owner = _find_member(project, owner_id)
            project.clean_fields(exclude=TRUSTED_FIELDS)
            project.save(update_fields=[*CHANGEABLE, "updated_at"])
            if project.name != former["name"]:
                show_project_name(project.channel_id, project.name)
            changes = {field: (_to_text(value), _to_text(getattr(project, field))) for field, value in former.items()}
            changes["visibility"] = project.visibility, visibility or project.visibility
            if visibility is not None and visibility != project.visibility:
                project.channel.members_only = visibility == "members"
                change_audience(actor, project.channel_id, members_only=project.channel.members_only)
                if project.channel.members_only:
                    after_commit(events.project_closed, project)
            record_updated(actor, project, organisation=project.organisation, **changes)
            after_commit(events.project_updated, project)
    except IntegrityError as error:
        raise Taken("key", KEY_TAKEN) from error
    return project


def clean_key(text: str) -> str | None:
    """Return a chosen key in capital letters, None where none was chosen. Raise ValidationError for what is no key."""
    key = text.strip().upper()
    if not key:
        return None
    try:
        is_key(key)
    except ValidationError as error:
        raise ValidationError({"key": error.messages}) from error
    return key


def clean_description(text: str) -> str:
    """Return a description in the one Unicode form, without blank lines around it."""
    return normalize_text(text).strip()


def _require_order(start: date | None, target: date | None) -> None:
    if start and target and start > target:
        raise ValidationError({"target_date": _("A project can't be done before it begins.")})


def _to_text(value: Any) -> Any:
    """Return a value as the audit trail stores it."""
    return value.isoformat() if isinstance(value, date) else value


def _find_member(project: Project, user_id: UUID) -> User:
    member = RoomMember.objects.with_user().filter(room=project.channel_id, user=user_id).first()
    if member is None:
        raise ValidationError({"owner_id": _("The owner has to be in the project.")})
    return member.user


def _require_room_for_projects(own: Membership) -> None:
    if Project.objects.filter(organisation=own.organisation).count() >= MAX_PROJECTS:
        raise ValidationError(format_lazy(_("{count} projects are enough."), count=MAX_PROJECTS))
