"""Announce something to all members of an organisation, and take it back."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_created, record_deleted
from accounts.models import Membership, User
from accounts.permissions import require_admin_membership
from lib.rate_limit import RateLimit
from notifications.inbox.services import notify, withdraw_notifications
from notifications.models import MAX_TEXT, Announcement, Notification

# Per organisation: each of its members is told.
ANNOUNCEMENTS = RateLimit("announcements", attempts=20, seconds=3600)
KIND = "announcement"


@transaction.atomic
def create_announcement(*, actor: User, slug: str, text: str) -> Announcement:
    """Tell all members of an organisation something; only its owners and administrators may.

    Raise Membership.DoesNotExist for an organisation of others, PermissionDenied for a member, ValidationError for an
    empty or over-long text, TooManyAttempts.
    """
    organisation = require_admin_membership(actor, slug).organisation
    text = _clean_text(text)
    ANNOUNCEMENTS.consume(str(organisation.pk))
    announcement = Announcement.objects.create(organisation=organisation, author=actor, text=text)
    record_created(actor, announcement, organisation=organisation, text=text)
    members = Membership.objects.filter(organisation=organisation, user__is_active=True, user__kind=User.Kind.HUMAN)
    notify(
        kind=KIND,
        recipients=list(members.exclude(user=actor).values_list("user", flat=True)),
        actor_id=actor.pk,
        organisation_id=organisation.pk,
        subject=announcement.pk,
        url="/notifications/",
    )
    return announcement


@transaction.atomic
def delete_announcement(*, actor: User, announcement_id: UUID) -> None:
    """Take an announcement back: it goes from the bells of all members.

    Raise Announcement.DoesNotExist where the actor does not administer its organisation.
    """
    rows = Announcement.objects.administered_by(actor).select_related("organisation")
    announcement = rows.select_for_update(of=("self",)).get(pk=announcement_id)
    record_deleted(actor, announcement, organisation=announcement.organisation, text=announcement.text)
    withdraw_notifications(Notification.objects.filter(subject=announcement.pk))
    announcement.delete()


def _clean_text(text: str) -> str:
    text = text.strip()
    if not text or "\0" in text:
        raise ValidationError({"text": _("Write something first.")})
    if len(text) > MAX_TEXT:
        raise ValidationError({"text": format_lazy(_("Up to {count} characters, please."), count=MAX_TEXT)})
    return text
