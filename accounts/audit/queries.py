"""Find audit entries."""

from __future__ import annotations

from accounts.models import AuditEntry, Membership, User
from accounts.models.audit import AuditEntryQuerySet
from accounts.permissions import require_system_administrator


def find_organisation_entries(own: Membership) -> AuditEntryQuerySet:
    """Return the audit entries of the organisation of an administrator's membership."""
    entries: AuditEntryQuerySet = own.organisation.audit_entries.with_names()
    return entries


def find_all_entries(user: User) -> AuditEntryQuerySet:
    """Return all audit entries; raise `PermissionDenied` unless the user is a system administrator."""
    require_system_administrator(user)
    entries: AuditEntryQuerySet = AuditEntry.objects.with_names()
    return entries
