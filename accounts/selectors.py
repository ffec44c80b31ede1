"""What a person may reach, found through them: hidden and missing look alike, and too low a role is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.lifecycle import tenants
from accounts.models import AuditEntry, Invitation, LoginAttempt, Membership, Session, TokenFamily, User
from accounts.models.audit import AuditEntryQuerySet
from accounts.models.base import HistoryQuerySet
from accounts.models.invitations import InvitationQuerySet
from accounts.models.organisations import MembershipQuerySet
from accounts.models.users import UserQuerySet
from accounts.pagination import PageQuery, rows_after
from accounts.schemas import MemberFilters, UserFilters

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


def managed_users(actor: User, filters: UserFilters | None = None) -> UserQuerySet:
    """Accounts as a system administrator sees them, with `organisation_count`; nobody's for anybody else."""
    users: UserQuerySet = User.objects.administered_by(actor)
    if filters is not None:
        users = _chosen(users, filters)
    # Counted row by row: grouping all accounts first would cost more than a page of them.
    memberships = Membership.objects.filter(user=OuterRef("pk")).order_by().values("user").annotate(n=Count("pk"))
    return users.annotate(organisation_count=Coalesce(Subquery(memberships.values("n")), 0))


def _chosen(users: UserQuerySet, filters: UserFilters) -> UserQuerySet:
    if filters.q:
        users = users.matching(filters.q, by_email=True)
    if filters.role:
        users = users.filter(role=filters.role)
    if filters.status:
        users = users.filter(is_active=filters.status == "active")
    if filters.kind:
        users = users.filter(kind=filters.kind)
    if filters.second_factor:
        users = users.filter(second_factor_at__isnull=filters.second_factor == "off")
    return users


def require_administrator(actor: User) -> None:
    """Refuse everybody but system administrators what is about no one person."""
    if actor.role != User.Role.ADMIN:
        raise PermissionDenied(_("Only a system administrator may do this."))


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody gets in by: browsers and clients that are signed in, and personal tokens."""

    sessions: int
    tokens: int


def access_of(user: User) -> Access:
    """How often somebody is signed in. Two queries."""
    browsers = Session.objects.filter(user=user, expire_date__gt=timezone.now()).count()
    kinds = list(TokenFamily.objects.live().filter(user=user).values_list("kind", flat=True))
    tokens = kinds.count(TokenFamily.Kind.PERSONAL)
    return Access(sessions=browsers + len(kinds) - tokens, tokens=tokens)


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
        raise PermissionDenied(_("Only owners and administrators may do this."))
    return membership


def ownership_of(user: User, slug: str) -> Membership:
    """The same, for owners only."""
    membership = membership_of(user, slug)
    if membership.role != Membership.Role.OWNER:
        raise PermissionDenied(_("Only an owner may do this."))
    return membership


def colleagues_of(own: Membership) -> MembershipQuerySet:
    """The members of an organisation that one of them knows of: all; a guest those they share something with."""
    members: MembershipQuerySet = own.organisation.memberships.all()
    if own.role != Membership.Role.GUEST:
        return members
    known = Q(user=own.user_id)
    for tenant in tenants:
        known |= Q(user__in=tenant.met_by(user_id=own.user_id, organisation=own.organisation))
    return members.filter(known)


def person_known_to(actor: User, user_id: UUID) -> User:
    """Oneself, and whom one knows of by an organisation; system administrators know everybody."""
    if actor.pk != user_id and actor.role != User.Role.ADMIN:
        shared = Membership.objects.filter(user=actor, organisation__memberships__user=user_id)
        places = shared.select_related("organisation")
        if not any(colleagues_of(own).filter(user=user_id).exists() for own in places):
            raise User.DoesNotExist
    user: User = User.objects.get(pk=user_id)
    return user


def members_seen_by(own: Membership, filters: MemberFilters) -> MembershipQuerySet:
    """The chosen of them with their people. Who signs in how is for administrators to know."""
    if filters.second_factor and not own.is_admin:
        raise PermissionDenied(_("Only owners and administrators may ask that."))
    members = colleagues_of(own).with_user()
    if filters.q:
        members = members.matching(filters.q, by_email=own.is_admin)
    if filters.role:
        members = members.filter(role=filters.role)
    if filters.kind:
        members = members.filter(user__kind=filters.kind)
    if filters.second_factor:
        members = members.with_second_factor() if filters.second_factor == "on" else members.without_second_factor()
    return members


def invitations_awaiting(user: User) -> InvitationQuerySet:
    """What waits for somebody at their confirmed address, with where it leads and who sent it."""
    found: InvitationQuerySet = Invitation.objects.awaiting(user).select_related("organisation", "created_by")
    return found


def places_of(user: User, page: PageQuery) -> list[Place]:
    """Where a person is signed in, newest first, at most one more than the page holds. Two queries."""
    sessions = Session.objects.filter(user=user, expire_date__gt=timezone.now())
    families = TokenFamily.objects.live().filter(user=user, kind=TokenFamily.Kind.SIGN_IN)
    browsers = rows_after(sessions, page, newest_first=True, key="public_id")
    clients = rows_after(families, page, newest_first=True)
    places = [_place(row, row.public_id, "browser") for row in browsers]
    places += [_place(row, row.pk, "token") for row in clients]
    return sorted(places, key=lambda place: place.id, reverse=True)[: page.limit + 1]


def attempts_of(user: User) -> HistoryQuerySet[LoginAttempt]:
    """Every try to sign in as this person, whoever made it."""
    attempts: HistoryQuerySet[LoginAttempt] = LoginAttempt.objects.filter(user=user)
    return attempts


def audit_of(own: Membership) -> AuditEntryQuerySet:
    """What was changed in the organisation that somebody administers."""
    entries: AuditEntryQuerySet = own.organisation.audit_entries.with_names()
    return entries


def audit_of_everything(user: User) -> AuditEntryQuerySet:
    """What was changed anywhere, for system administrators."""
    require_administrator(user)
    entries: AuditEntryQuerySet = AuditEntry.objects.with_names()
    return entries


def awaited_address_of(user: User) -> EmailAddress | None:
    """Whose link has still to be followed: the new address that was asked for, else the own."""
    return EmailAddress.objects.filter(user=user, verified=False).order_by("primary", "-pk").first()


def connected_accounts_of(user: User) -> QuerySet[SocialAccount]:
    """A person's accounts at providers, the first one first."""
    accounts: QuerySet[SocialAccount] = SocialAccount.objects.filter(user=user).order_by("pk")
    return accounts


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
