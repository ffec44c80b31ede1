"""Create groups of users, name and delete them, and say who is in them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_created, record_deleted, record_updated
from accounts.models import Membership, Organisation, User
from accounts.permissions import require_membership
from chat.groups import events
from chat.models import MAX_GROUP_MEMBERS, MAX_GROUPS_PER_ORGANISATION, MAX_HANDLE, UserGroup, UserGroupMember
from chat.rooms.services.members import add_members
from lib.db.transactions import after_commit
from lib.text.names import clean_name
from lib.text.usernames import is_valid_username
from lib.web.errors import Taken


def create_group(*, actor: User, slug: str, name: str, handle: str) -> UserGroup:
    """Create a group of users with the actor as its first member.

    Raise PermissionDenied for a guest, ValidationError for a bad name or handle, and for too many groups, `Taken` for a
    handle that another group or a member of the organisation has.
    """
    membership = require_membership(actor, slug)
    if membership.is_guest:
        raise PermissionDenied(_("Guests can't create groups."))
    name, handle = clean_name(name), _clean_handle(handle)
    with transaction.atomic():
        _hold_names(membership.organisation_id)
        if UserGroup.objects.filter(organisation=membership.organisation).count() >= MAX_GROUPS_PER_ORGANISATION:
            raise ValidationError(format_lazy(_("{count} groups are enough."), count=MAX_GROUPS_PER_ORGANISATION))
        _require_free_handle(membership.organisation, handle)
        group = UserGroup(organisation=membership.organisation, name=name, handle=handle, created_by=actor)
        _save_group(group)
        UserGroupMember.objects.create(group=group, user=actor)
        record_created(actor, group, organisation=group.organisation, name=name, handle=handle)
        after_commit(events.group_created, group)
    return group


@transaction.atomic
def update_group(*, actor: User, group_id: UUID, name: str | None = None, handle: str | None = None) -> UserGroup:
    """Change the name or the handle of a group. Raise as `create_group` does; earlier mentions keep the old handle."""
    organisation = UserGroup.objects.visible_to(actor).filter(pk=group_id).values_list("organisation", flat=True)
    _hold_names(organisation.get())
    group = _lock_group(actor, group_id)
    wanted = {"name": name and clean_name(name), "handle": handle and _clean_handle(handle)}
    changes = {field: value for field, value in wanted.items() if value and value != getattr(group, field)}
    if "handle" in changes:
        _require_free_handle(group.organisation, changes["handle"])
    before = {field: getattr(group, field) for field in changes}
    if changes:
        for field, value in changes.items():
            setattr(group, field, value)
        _save_group(group)
        changed = {field: (before[field], value) for field, value in changes.items()}
        record_updated(actor, group, organisation=group.organisation, **changed)
        after_commit(events.group_updated, group)
    return group


@transaction.atomic
def delete_group(*, actor: User, group_id: UUID) -> None:
    """Delete a group; who was told by a mention of it stays told."""
    group = _lock_group(actor, group_id)
    record_deleted(actor, group, organisation=group.organisation, name=group.name, handle=group.handle)
    group.delete()
    after_commit(events.group_deleted, organisation_id=group.organisation_id, group_id=group_id)


@transaction.atomic
def add_group_member(*, actor: User, group_id: UUID, user_id: UUID) -> None:
    """Add a member of the organisation to a group. Raise Membership.DoesNotExist for a user who is none."""
    group = UserGroup.objects.visible_to(actor).get(pk=group_id)
    Membership.objects.get(organisation=group.organisation_id, user=user_id)
    add_group_members(actor=actor, group_id=group_id, user_ids=[user_id])


@transaction.atomic
def add_group_members(*, actor: User, group_id: UUID, user_ids: Collection[UUID]) -> None:
    """Add members of the organisation to a group, all or none. Those who are in it already change nothing."""
    wanted = set(user_ids)
    # Locked, and before the group: who is removed from the organisation meanwhile must not stay in its groups.
    organisation = UserGroup.objects.visible_to(actor).filter(pk=group_id).values("organisation")
    memberships = Membership.objects.locked().filter(organisation__in=organisation, user__in=wanted)
    users = {membership.user_id: membership.user for membership in memberships if membership.user.is_active}
    group = _lock_group(actor, group_id)
    if users.keys() != wanted:
        raise ValidationError({"user_id": _("There is no such person in this organisation.")})
    present = set(UserGroupMember.objects.filter(group=group).values_list("user", flat=True))
    if len(present | wanted) > MAX_GROUP_MEMBERS:
        raise ValidationError(
            {"user_id": format_lazy(_("A group has at most {count} members."), count=MAX_GROUP_MEMBERS)}
        )
    added = [users[user_id] for user_id in wanted - present]
    UserGroupMember.objects.bulk_create([UserGroupMember(group=group, user=user) for user in added])
    for user in added:
        record_updated(actor, group, organisation=group.organisation, member=(None, user.name))
    if added:
        after_commit(events.group_updated, group)


@transaction.atomic
def remove_group_member(*, actor: User, group_id: UUID, user_id: UUID) -> None:
    """Remove a member from a group; they themselves may, too. Raise DoesNotExist for a user who is not in it."""
    group = _lock_visible_group(actor, group_id) if user_id == actor.pk else _lock_group(actor, group_id)
    member = UserGroupMember.objects.select_related("user").get(group=group, user=user_id)
    member.delete()
    record_updated(actor, group, organisation=group.organisation, member=(member.user.name, None))
    after_commit(events.group_updated, group)


@transaction.atomic
def add_group_to_room(*, actor: User, room_id: UUID, group_id: UUID) -> list[User]:
    """Add all active members of a group to a room of its organisation; return those who were not in it.

    The rules are those of `add_members`.
    """
    group: UserGroup = UserGroup.objects.visible_to(actor).filter(organisation__rooms=room_id).get(pk=group_id)
    members = UserGroupMember.objects.with_presence_in(room_id).filter(group=group, user__is_active=True)
    added = [member.user for member in members if not member.is_in_room]
    # Called with nobody to add, too: who may not add is refused.
    add_members(actor=actor, room_id=room_id, user_ids=[user.pk for user in added])
    return added


def remove_from_groups(*, organisation: Organisation, user: User) -> None:
    """Remove a former member of an organisation from its groups, inside the caller's transaction."""
    UserGroupMember.objects.filter(user=user, group__organisation=organisation).delete()


def _lock_visible_group(actor: User, group_id: UUID) -> UserGroup:
    """Return a group with its organisation, locked until the commit."""
    groups = UserGroup.objects.visible_to(actor).select_for_update(of=("self",)).select_related("organisation")
    group: UserGroup = groups.get(pk=group_id)
    return group


def _lock_group(actor: User, group_id: UUID) -> UserGroup:
    group = _lock_visible_group(actor, group_id)
    if not UserGroup.objects.administered_by(actor).filter(pk=group_id).exists():
        raise PermissionDenied(_("Only who has created a group, or an administrator, may do this."))
    return group


def _clean_handle(handle: str) -> str:
    handle = handle.strip().removeprefix("@").lower()
    if not is_valid_username(handle) or len(handle) > MAX_HANDLE:
        raise ValidationError(
            {"handle": _("Use small letters, digits, dots, dashes and underscores, and no word with a meaning here.")}
        )
    return handle


def _hold_names(organisation_id: UUID) -> None:
    """Lock the row of an organisation until the commit: who joins it or takes another username there waits."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


def _require_free_handle(organisation: Organisation, handle: str) -> None:
    """Raise `Taken` for the handle of another group, or the username of a member."""
    if Membership.objects.filter(organisation=organisation, user__username=handle).exists():
        raise Taken("handle", _("A person here has this name."))
    if UserGroup.objects.filter(organisation=organisation, handle=handle).exists():
        raise Taken("handle", _("Another group has this handle."))


def _save_group(group: UserGroup) -> None:
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as error:
        raise Taken("handle", _("Another group has this handle.")) from error
