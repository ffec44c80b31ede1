"""Store invitations to an organisation, whose links can't be derived from the database alone."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models.base import Record
from accounts.models.organisations import Membership, Organisation
from accounts.models.users import User
from lib.signed_ids import read_signed_id, sign_id

LIFETIME = timedelta(days=7)
SALT = "accounts.invitation"


def in_a_week() -> datetime:
    """Return the time at which an invitation made now expires."""
    return timezone.now() + LIFETIME


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Return the invitations that can be accepted.

        They are neither expired, used nor declined, and their creator may still invite to this role.
        """
        creators = Membership.objects.filter(
            organisation=OuterRef("organisation"), user=OuterRef("created_by"), user__is_active=True
        )
        may_invite = Exists(creators.filter(role=Membership.Role.OWNER)) | Exists(
            creators.filter(role=Membership.Role.ADMIN)
        ) & ~Q(role=Membership.Role.OWNER)
        return self.filter(may_invite, expires_at__gt=timezone.now(), accepted_at=None, declined_at=None)

    def manageable_by(self, own: Membership) -> InvitationQuerySet:
        """Return the invitations whose links a member with administration may see: none to a role above theirs."""
        return self if own.role == Membership.Role.OWNER else self.exclude(role=Membership.Role.OWNER)

    def shareable(self) -> InvitationQuerySet:
        """Return the links without an e-mail address: every user who has one can join as a member."""
        return self.filter(email=None, role=Membership.Role.MEMBER)

    def awaiting(self, user: User) -> InvitationQuerySet:
        """Return the invitations sent to a user's verified address, to organisations they are not a member of."""
        if user.email_verified_at is None:
            return self.none()
        return self.open().filter(email=user.email).exclude(organisation__memberships__user=user)

    def with_token(self, token: str) -> InvitationQuerySet:
        """Return the invitation that a link's token identifies; none when its signature is wrong."""
        invitation_id = read_token(token)
        return self.filter(pk=invitation_id) if invitation_id else self.none()


class Invitation(Record):
    """Link to join an organisation: for the user with its e-mail address, once, or for any user until it expires."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=8, choices=Membership.Role, default=Membership.Role.MEMBER)
    email = models.EmailField(null=True, blank=True)
    expires_at = models.DateTimeField(default=in_a_week, db_index=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar = InvitationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(role__in=["owner", "admin", "member", "guest"]), name="invitation_role_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} as {self.role}"

    @property
    def token(self) -> str:
        """Return the id and its signature, so that no usable secret is stored."""
        return sign_id(self.pk, salt=SALT)

    @property
    def url(self) -> str:
        return reverse("accounts:join", args=[self.token])


def read_token(token: str) -> uuid.UUID | None:
    """Return the id of the invitation that a token identifies, open or not; None when its signature is wrong."""
    return read_signed_id(token, salt=SALT)
