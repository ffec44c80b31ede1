"""Find audit entries."""

from __future__ import annotations

from accounts.models import AuditEntry, Membership, User
from accounts.models.audit import AuditEntryQuerySet
from accounts.permissions import require_administrator


def audit_of(own: Membership) -> AuditEntryQuerySet:
    """What was changed in the organisation that somebody administers."""
    entries: AuditEntryQuerySet = own.organisation.audit_entries.with_names()
    return entries


def audit_of_everything(user: User) -> AuditEntryQuerySet:
    """What was changed anywhere, for system administrators."""
    require_administrator(user)
    entries: AuditEntryQuerySet = AuditEntry.objects.with_names()
    return entries
