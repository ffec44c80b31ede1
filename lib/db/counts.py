"""Store how many rows a relation has, where counting them for each page would cost more the more there are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db import models
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce


class RowCount(models.PositiveIntegerField):
    """The number of rows of `relation`; NULL in rows not yet counted.

    Code that adds or removes such rows calls `change_count` in the same transaction.
    """

    def __init__(self, relation: str, **options: Any) -> None:
        self.relation = relation
        super().__init__(**{"null": True, "editable": False} | options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, [self.relation, *args], options

    def pre_save(self, model_instance: models.Model, add: bool) -> int | None:
        if add and getattr(model_instance, self.attname) is None:
            setattr(model_instance, self.attname, 0)
        return super().pre_save(model_instance, add)


def change_count(model: type[models.Model], field: str, by: int, *, ids: Collection[UUID], **also: Any) -> None:
    """Change a count of the rows with these ids, and set other fields as given, unfolded, in the same statement."""
    model._base_manager.filter(pk__in=ids).update(**{field: F(field) + by}, **also)


def count_rows(field: RowCount, using: str = "default") -> QuerySet[Any]:
    """Return the rows of a field's model with `counted`, the number that the field should hold."""
    relation = field.model._meta.get_field(field.relation)
    key = relation.field.attname  # type: ignore[union-attr]
    related = relation.related_model._base_manager.using(using).filter(**{key: OuterRef("pk")})  # type: ignore[union-attr]
    number = related.order_by().values(key).annotate(n=Count("pk")).values("n")
    return field.model._base_manager.using(using).annotate(counted=Coalesce(Subquery(number), 0))


def fill_row_counts(app_config: AppConfig, using: str, apps: Apps = installed_apps, **_kwargs: Any) -> None:
    """Count for rows that were stored before there was a count. Called after migrations."""
    for name in app_config.models:
        try:
            model = apps.get_model(app_config.label, name)
        except LookupError:  # an earlier state of the database, without this table
            continue
        for field in model._meta.local_fields:
            if isinstance(field, RowCount):
                unfilled = count_rows(field, using).filter(**{f"{field.name}__isnull": True})
                unfilled.update(**{field.name: F("counted")})
