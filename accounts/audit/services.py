"""The audit trail: who changed what, written in the transaction of the change itself."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from accounts.models import AuditEntry, Organisation, Session, User
from lib.web.client import current_ip_address

Action = AuditEntry.Action
Change = tuple[Any, Any]
# For what has changed without anybody being told from what to what, such as a password.
HIDDEN: Change = (None, None)
MAX_NAME = 200


def record_created(
    actor: User | None, row: Model, /, *, organisation: Organisation | None = None, **fields: Any
) -> None:
    """Write down that `actor` made `row`, with those of its fields that are worth knowing."""
    _record(actor, Action.CREATE, row, organisation, {field: (None, value) for field, value in fields.items()})


def record_updated(
    actor: User | None, row: Model, /, *, organisation: Organisation | None = None, **changes: Change
) -> None:
    """Write down what each field was and is. What stayed as it was is left out, and nothing is written for nothing."""
    changed = {field: change for field, change in changes.items() if change is HIDDEN or change[0] != change[1]}
    if changed:
        _record(actor, Action.UPDATE, row, organisation, changed)


def record_deleted(
    actor: User | None, row: Model, /, *, organisation: Organisation | None = None, **fields: Any
) -> None:
    """Write down that `actor` is about to delete `row`, with what it was."""
    _record(actor, Action.DELETE, row, organisation, {field: (value, None) for field, value in fields.items()})


def _record(
    actor: User | None, action: str, row: Model, organisation: Organisation | None, changes: dict[str, Change]
) -> None:
    AuditEntry.objects.create(
        organisation=organisation,
        user=actor,
        action=action,
        table_name=row._meta.db_table,
        # A session has a hash for a key; its owner knows it by its public id.
        record_id=row.public_id if isinstance(row, Session) else row.pk,
        record_name=str(row)[:MAX_NAME],
        changes=changes,
        ip_address=current_ip_address.get(),
    )
