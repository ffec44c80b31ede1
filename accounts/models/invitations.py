"""Invitations into an organisation, as links that the database alone can't recreate."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models.base import Record
from accounts.models.organisations import Membership, Organisation
from accounts.models.users import User

LIFETIME = timedelta(days=7)
ID_LENGTH = 32


def in_a_week() -> datetime:
    return timezone.now() + LIFETIME


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Those that still let in: in time, not used up, and made by somebody who may invite to this role until now."""
        makers = Membership.objects.filter(
            organisation=OuterRef("organisation"), user=OuterRef("created_by"), user__is_active=True
        )
        is_good = Exists(makers.filter(role=Membership.Role.OWNER)) | Exists(
            makers.filter(role=Membership.Role.ADMIN)
        ) & ~Q(role=Membership.Role.OWNER)
        return self.filter(is_good, expires_at__gt=timezone.now(), accepted_at=None)

    def for_everybody(self) -> InvitationQuerySet:
        """Links that make a member of whoever has them."""
        return self.filter(email=None, role=Membership.Role.MEMBER)

    def awaiting(self, user: User) -> InvitationQuerySet:
        """Those for somebody's own confirmed address, into organisations that they aren't in."""
        if user.email_verified_at is None:
            return self.none()
        return self.open().filter(email=user.email).exclude(organisation__memberships__user=user)

    def with_token(self, token: str) -> InvitationQuerySet:
        """The invitation that a link stands for; none when the link was not made by us."""
        invitation_id = read_token(token)
        return self.filter(pk=invitation_id) if invitation_id else self.none()


class Invitation(Record):
    """A link into an organisation. With an e-mail address it serves that person once, else everybody for a time."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=8, choices=Membership.Role, default=Membership.Role.MEMBER)
    email = models.EmailField(null=True, blank=True)
    expires_at = models.DateTimeField(default=in_a_week, db_index=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
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
        """The id and its signature, so that no usable secret is stored."""
        return _signer().sign(self.pk.hex).replace(":", "")

    @property
    def url(self) -> str:
        return reverse("accounts:join", args=[self.token])


def read_token(token: str) -> uuid.UUID | None:
    """Return the id of the invitation that a token was made for, of whatever state; None for a made-up token."""
    try:
        return uuid.UUID(hex=_signer().unsign(f"{token[:ID_LENGTH]}:{token[ID_LENGTH:]}"))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(salt="accounts.invitation")
