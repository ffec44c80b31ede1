"""Record changes in the audit log, in the transaction of the change itself."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from accounts.models import AuditEntry, Organisation, Session, User
from lib.web.client import get_current_ip_address

Action = AuditEntry.Action
Change = tuple[Any, Any]
# The change of a field whose values are secret, such as a password.
HIDDEN: Change = (None, None)
MAX_NAME_LENGTH = 200


def record_created(
    actor: User | None, row: Model, /, *, organisation: Organisation | None = None, **fields: Any
) -> None:
    """Record that `actor` created `row`, with the given fields."""
    _create_entry(actor, Action.CREATE, row, organisation, {field: (None, value) for field, value in fields.items()})


def record_created_in_confidence(row: Model, /, *, organisation: Organisation, **fields: Any) -> None:
    """Record that `row` was created, with the given fields, and neither by whom nor from where."""
    changes = {field: (None, value) for field, value in fields.items()}
    _create_entry(None, Action.CREATE, row, organisation, changes, is_confidential=True)


def record_updated(
    actor: User | None, row: Model, /, *, organisation: Organisation | None = None, **changes: Change
) -> None:
    """Record that `actor` changed fields of `row`, each as a pair of old and new value.

    Fields with equal values are left out; nothing is recorded when no field has changed.
    """
    changed = {field: change for field, change in changes.items() if change is HIDDEN or change[0] != change[1]}
    if changed:
        _create_entry(actor, Action.UPDATE, row, organisation, changed)


def record_deleted(
    actor: User | None, row: Model, /, *, organisation: Organisation | None = None, **fields: Any
) -> None:
    """Record that `actor` is about to delete `row`, with the given fields."""
    _create_entry(actor, Action.DELETE, row, organisation, {field: (value, None) for field, value in fields.items()})


def _create_entry(
    actor: User | None,
    action: str,
    row: Model,
    organisation: Organisation | None,
    changes: dict[str, Change],
    *,
    is_confidential: bool = False,
) -> None:
    AuditEntry.objects.create(
        organisation=organisation,
        user=actor,
        action=action,
        table_name=row._meta.db_table,
        # The primary key of a session is the hash of a secret; users know it by its public id.
        record_id=row.public_id if isinstance(row, Session) else row.pk,
        record_name=str(row)[:MAX_NAME_LENGTH],
        changes=changes,
        ip_address=None if is_confidential else get_current_ip_address(),
    )
