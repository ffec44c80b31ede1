"""Create, change and delete organisations."""

from __future__ import annotations

from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import hooks
from accounts.audit.services import record_created, record_deleted, record_updated
from accounts.mfa.enforcement import update_second_factor_due
from accounts.models import Invitation, Membership, Organisation, User
from accounts.organisations.services.members import lock_organisation_of, record_membership
from accounts.permissions import require_admin_membership, require_owner_membership
from lib.text.names import clean_name
from lib.text.slugs import HandleTaken, make_handle, pick_free_handle, store_with_free_handle
from lib.web.errors import Taken

Role = Membership.Role


def create_organisation(
    *, actor: User, name: str, slug: str | None = None, with_invite_link: bool = False
) -> Organisation:
    """Create an organisation that `actor` owns. Without a slug, make a free one from the name.

    `with_invite_link` adds an open invitation, for pages that show its link at once. Raises `Taken` for a slug that
    another organisation has.
    """

    def store(handle: str) -> Organisation:
        organisation = Organisation(name=clean_name(name), slug=handle, created_by=actor, member_count=1)
        organisation.clean_fields()
        _store_organisation(organisation, actor, with_invite_link=with_invite_link)
        return organisation

    try:
        return store_with_free_handle(
            store,
            chosen=slug,
            suggest=lambda: suggest_slug(name),
            is_taken=lambda handle: Organisation.objects.filter(slug=handle).exists(),
        )
    except HandleTaken as error:
        raise Taken("slug", _("Another organisation has this address.")) from error


@transaction.atomic
def _store_organisation(organisation: Organisation, owner: User, *, with_invite_link: bool) -> None:
    organisation.save(force_insert=True)
    record_created(owner, organisation, organisation=organisation, name=organisation.name, slug=organisation.slug)
    membership = Membership.objects.create(organisation=organisation, user=owner, role=Role.OWNER)
    record_membership(owner, membership)
    hooks.organisation_created(owner=membership)
    if with_invite_link:
        record_invitation(owner, Invitation.objects.create(organisation=organisation, created_by=owner))


def suggest_slug(name: str) -> str:
    """Return a slug made from a name that no organisation has at this moment."""
    handle = make_handle(name, fallback="organisation")
    return pick_free_handle(
        handle, Organisation.objects.filter(slug__startswith=handle[:34]).values_list("slug", flat=True)
    )


def rename_organisation(*, actor: User, slug: str, name: str) -> Organisation:
    """Change the name of an organisation; its slug stays."""
    with transaction.atomic():
        organisation: Organisation = lock_organisation_of(require_admin_membership(actor, slug)).organisation
        former, organisation.name = organisation.name, clean_name(name)
        organisation.save(update_fields=["name", "updated_at"])
        record_updated(actor, organisation, organisation=organisation, name=(former, organisation.name))
    return organisation


def require_second_factor(*, actor: User, slug: str, required: bool) -> Organisation:
    """Set whether all members need a second factor. Members without one can do nothing else before they enrol."""
    with transaction.atomic():
        organisation: Organisation = lock_organisation_of(require_admin_membership(actor, slug)).organisation
        if organisation.requires_second_factor == required:
            return organisation
        organisation.requires_second_factor = required
        organisation.save(update_fields=["requires_second_factor", "updated_at"])
        record_updated(actor, organisation, organisation=organisation, requires_second_factor=(not required, required))
        update_second_factor_due(User.objects.filter(memberships__organisation=organisation))
        hooks.second_factor_requirement_changed(organisation=organisation)
    return organisation


def set_link_previews(*, actor: User, slug: str, enabled: bool) -> Organisation:
    """Set whether messages get previews of the pages that they link to. Those that are there stay."""
    return _set_switch("link_previews", actor=actor, slug=slug, enabled=enabled)


def set_photo_data_removal(*, actor: User, slug: str, enabled: bool) -> Organisation:
    """Set whether files are stored without location and camera. Those that are there stay as they are."""
    return _set_switch("removes_photo_data", actor=actor, slug=slug, enabled=enabled)


def set_share_links(*, actor: User, slug: str, enabled: bool) -> Organisation:
    """Set whether what is in an organisation can be shared by links. Forbidding it revokes all that there are."""
    with transaction.atomic():
        organisation = _set_switch("share_links", actor=actor, slug=slug, enabled=enabled)
        if not enabled:
            hooks.share_links_forbidden(organisation=organisation, actor=actor)
    return organisation


def _set_switch(field: str, *, actor: User, slug: str, enabled: bool) -> Organisation:
    with transaction.atomic():
        organisation: Organisation = lock_organisation_of(require_admin_membership(actor, slug)).organisation
        if getattr(organisation, field) != enabled:
            setattr(organisation, field, enabled)
            organisation.save(update_fields=[field, "updated_at"])
            record_updated(actor, organisation, organisation=organisation, **{field: (not enabled, enabled)})
    return organisation


class MessageRules(TypedDict, total=False):
    """For how many minutes authors may edit and delete messages (0: never, None: always), whether all members see who
    has read one, and whether only administrators add emoji.
    """

    edit_window: int | None
    delete_window: int | None
    read_receipts: bool
    emoji_by_admins: bool


def set_message_rules(*, actor: User, slug: str, **rules: Unpack[MessageRules]) -> Organisation:
    """Change what holds for the messages of an organisation, those that are there among them."""
    with transaction.atomic():
        organisation: Organisation = lock_organisation_of(require_admin_membership(actor, slug)).organisation
        changes = {name: (getattr(organisation, name), value) for name, value in rules.items()}
        if any(was != now for was, now in changes.values()):
            for name, (_was, now) in changes.items():
                setattr(organisation, name, now)
            organisation.clean_fields(exclude=("created_by",))
            organisation.save(update_fields=[*changes, "updated_at"])
            record_updated(actor, organisation, organisation=organisation, **changes)
    return organisation


def update_organisation(
    *,
    actor: User,
    slug: str,
    name: str | None = None,
    requires_second_factor: bool | None = None,
    link_previews: bool | None = None,
    removes_photo_data: bool | None = None,
    share_links: bool | None = None,
    **rules: Unpack[MessageRules],
) -> None:
    """Change the fields that are given, all or none."""
    with transaction.atomic():
        if name is not None:
            rename_organisation(actor=actor, slug=slug, name=name)
        if requires_second_factor is not None:
            require_second_factor(actor=actor, slug=slug, required=requires_second_factor)
        if link_previews is not None:
            set_link_previews(actor=actor, slug=slug, enabled=link_previews)
        if removes_photo_data is not None:
            set_photo_data_removal(actor=actor, slug=slug, enabled=removes_photo_data)
        if share_links is not None:
            set_share_links(actor=actor, slug=slug, enabled=share_links)
        if rules:
            set_message_rules(actor=actor, slug=slug, **rules)


def delete_organisation(*, actor: User, slug: str, typed_name: str | None = None) -> None:
    """Delete an organisation and everything in it. A `typed_name`, where a page asks for one, has to be its name."""
    with transaction.atomic():
        organisation = require_owner_membership(actor, slug).organisation
        if typed_name is not None and typed_name != organisation.name:
            raise ValidationError(
                {
                    "typed_name": format_lazy(
                        _("That is not its name. Type “{name}” to delete it."), name=organisation.name
                    )
                }
            )
        hooks.organisation_deleted(organisation=organisation)
        record_deleted(actor, organisation, name=organisation.name, slug=organisation.slug)
        organisation.delete()
        update_second_factor_due(User.objects.filter(second_factor_due=True))


def record_invitation(actor: User, invitation: Invitation) -> None:
    """Write an audit entry for a new invitation, in the transaction that creates it."""
    record_created(
        actor,
        invitation,
        organisation=invitation.organisation,
        role=invitation.role,
        email=invitation.email,
        expires_at=invitation.expires_at,
    )
