"""What a person may reach, found through them: hidden and missing look alike, and too low a role is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import LoginAttempt, Membership, Session, TokenFamily, User
from accounts.models.login_attempts import LoginAttemptQuerySet
from accounts.models.organisations import MembershipQuerySet
from accounts.pagination import PageQuery, rows_after

REMEMBERED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a person is signed in."""

    id: UUID
    kind: str
    ip_address: str | None
    user_agent: str
    last_activity: datetime | None
    created_at: datetime


def memberships_of(user: User) -> MembershipQuerySet:
    """A person's places in organisations, with the organisations."""
    memberships: MembershipQuerySet = Membership.objects.filter(user=user).select_related("organisation")
    return memberships


def membership_of(user: User, slug: str) -> Membership:
    """A person's place in an organisation they can see."""
    return Membership.objects.select_related("organisation").get(user=user, organisation__slug=slug)


def administration_of(user: User, slug: str) -> Membership:
    """The same, for owners and administrators only."""
    membership = membership_of(user, slug)
    if not membership.is_admin:
        raise PermissionDenied("Only owners and administrators may do this.")
    return membership


def ownership_of(user: User, slug: str) -> Membership:
    """The same, for owners only."""
    membership = membership_of(user, slug)
    if membership.role != Membership.Role.OWNER:
        raise PermissionDenied("Only an owner may do this.")
    return membership


def places_of(user: User, page: PageQuery) -> list[Place]:
    """Where a person is signed in, newest first, at most one more than the page holds. Two queries."""
    sessions = Session.objects.filter(user=user, expire_date__gt=timezone.now())
    families = TokenFamily.objects.live().filter(user=user, kind=TokenFamily.Kind.SIGN_IN)
    browsers = rows_after(sessions, page, newest_first=True, key="public_id")
    clients = rows_after(families, page, newest_first=True)
    places = [_place(row, row.public_id, "browser") for row in browsers]
    places += [_place(row, row.pk, "token") for row in clients]
    return sorted(places, key=lambda place: place.id, reverse=True)[: page.limit + 1]


def attempts_of(user: User) -> LoginAttemptQuerySet:
    """Every try to sign in as this person, whoever made it."""
    attempts: LoginAttemptQuerySet = LoginAttempt.objects.filter(user=user)
    return attempts


def awaited_address_of(user: User) -> EmailAddress | None:
    """Whose link has still to be followed: the new address that was asked for, else the own."""
    return EmailAddress.objects.filter(user=user, verified=False).order_by("primary", "-pk").first()


def addresses_signed_in_from(email: str) -> set[str]:
    """Where a person has signed in from of late."""
    successes = LoginAttempt.objects.filter(
        email=email, outcome=LoginAttempt.Outcome.SUCCESS, created_at__gt=timezone.now() - REMEMBERED
    )
    return {address for address in successes.values_list("ip_address", flat=True).distinct() if address}


def _place(row: Session | TokenFamily, public_id: UUID, kind: str) -> Place:
    return Place(public_id, kind, row.ip_address, row.user_agent, row.last_activity, row.created_at)


def is_last_owner(membership: Membership) -> bool:
    """Whether nobody else could look after the organisation. One query, none for those who own nothing."""
    if membership.role != Membership.Role.OWNER:
        return False
    owners = Membership.objects.reachable_owners().filter(organisation=membership.organisation_id)
    return not owners.exclude(pk=membership.pk).exists()
