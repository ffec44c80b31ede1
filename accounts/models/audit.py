"""Store audit entries: which user changed what."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from accounts.models.base import HistoryQuerySet, HistoryRecord
from accounts.models.organisations import Organisation
from accounts.models.users import User
from lib.db.folded import FoldedField
from lib.text.folding import fold_text


class AuditEntryQuerySet(HistoryQuerySet["AuditEntry"]):
    def with_names(self) -> AuditEntryQuerySet:
        return self.select_related("user", "organisation")

    def matching(
        self,
        *,
        user: UUID | None = None,
        action: str | None = None,
        table: str | None = None,
        record: UUID | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        q: str | None = None,
    ) -> AuditEntryQuerySet:
        """Return the entries that match every given filter.

        `since` is inclusive, `until` exclusive. `q` is a part of the user's or the record's name, or a username.
        """
        filters = {
            "user": user,
            "action": action,
            "table_name": table,
            "record_id": record,
            "created_at__gte": since,
            "created_at__lt": until,
        }
        entries = self.filter(**{name: value for name, value in filters.items() if value is not None})
        if q:
            entries = entries.filter(
                Q(folded_record_name__contains_folded=q)
                | Q(user__folded_name__contains_folded=q)
                | Q(user__username=fold_text(q).removeprefix("@"))
            )
        return entries


class AuditEntry(HistoryRecord):
    """Change of one row. `changes` maps the name of a field to its value before and after."""

    class Action(models.TextChoices):
        CREATE = "create"
        UPDATE = "update"
        DELETE = "delete"

    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="audit_entries",
        db_index=False,
        help_text="Empty: what belongs to no organisation, such as somebody's account.",
    )
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="Empty: the command line."
    )
    action = models.CharField(max_length=8, choices=Action)
    table_name = models.CharField(max_length=63)
    record_id = models.UUIDField()
    record_name = models.CharField(max_length=200, blank=True, help_text="What the row was called then.")
    folded_record_name = FoldedField("record_name")
    changes = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    ip_address = models.GenericIPAddressField(null=True, blank=True)

    objects: ClassVar = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "audit entries"
        constraints = (
            models.CheckConstraint(condition=Q(action__in=["create", "update", "delete"]), name="audit_action_known"),
        )
        indexes = (
            models.Index(fields=["organisation", "id"], name="audit_entry_of_organisation"),
            models.Index(fields=["record_id"], name="audit_entry_of_record"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.record_name or self.record_id}"
