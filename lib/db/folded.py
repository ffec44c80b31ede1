"""Store texts folded beside themselves, to be searched and unique alike on every database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, TypeVar

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.core.exceptions import EmptyResultSet
from django.db import IntegrityError, models, transaction
from django.db.models.lookups import Contains

from lib.text.folding import MAX_FOLDED, fold_text

FILLED_AT_ONCE = 500

M = TypeVar("M", bound=models.Model)


class FoldedField(models.CharField):
    """The folded text of another field, `source`, written whenever that is saved; NULL in rows not yet filled.

    A source behind a relation, as `user__name`, is written with a new row; who changes it updates the copies.

    `exempt` names the boolean field that is set in older rows whose folded text is taken already.
    """

    def __init__(self, source: str, *, exempt: str = "", **options: Any) -> None:
        self.source, self.exempt = source, exempt
        super().__init__(**{"max_length": MAX_FOLDED, "null": True, "editable": False} | options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        options |= {"exempt": self.exempt} if self.exempt else {}
        return name, path, [self.source, *args], options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        folded = self.fold_source(attrgetter(self.source.replace("__", "."))(model_instance))
        setattr(model_instance, self.attname, folded)
        return folded

    def fold_source(self, text: str | None) -> str:
        return fold_text(text or "")[:MAX_FOLDED]


class ContainsFolded(Contains):
    """Whether a folded text, or one that only has small letters and digits, contains the folded right-hand side."""

    def get_prep_lookup(self) -> Any:
        return fold_text(str(super().get_prep_lookup()))

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        # What folds to nothing, such as a lone accent, is part of no text.
        if not self.rhs:
            raise EmptyResultSet
        return super().as_sql(compiler, connection)


class FoldedQuerySet(models.QuerySet[M]):
    """Queryset whose `update` writes folded fields along with their sources."""

    def update(self, **values: Any) -> int:
        for field in folded_fields(self.model):
            text = values.get(field.source)
            if isinstance(text, str) and field.name not in values:
                values[field.name] = field.fold_source(text)
        return super().update(**values)


models.CharField.register_lookup(ContainsFolded, "contains_folded")
# By this name the lists of the admin search.
FoldedField.register_lookup(ContainsFolded, "icontains")


def folded_fields(model: type[models.Model]) -> Iterator[FoldedField]:
    """Return the folded fields of a model."""
    return (field for field in model._meta.local_fields if isinstance(field, FoldedField))


def with_folded_fields(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """Return the names of fields to save, and of the folded ones that follow from them."""
    chosen = list(names)
    return [*chosen, *(field.name for field in folded_fields(model) if field.source in chosen)]


def fill_folded_fields(app_config: AppConfig, using: str, apps: Apps = installed_apps, **_kwargs: Any) -> None:
    """Fill the folded fields of rows that were stored before there were any. Called after migrations."""
    for name in app_config.models:
        try:
            model = apps.get_model(app_config.label, name)
        except LookupError:  # an earlier state of the database, without this table
            continue
        for field in folded_fields(model):
            _fill_field(model, field, using)


def _fill_field(model: type[models.Model], field: FoldedField, using: str) -> None:
    rows = model._base_manager.using(using)
    unfilled = rows.filter(**{f"{field.name}__isnull": True}).order_by("pk").values_list("pk", field.source)
    while batch := list(unfilled[:FILLED_AT_ONCE]):
        with transaction.atomic(using=using):
            for pk, text in batch:
                row, folded = rows.filter(pk=pk), {field.name: field.fold_source(text)}
                try:
                    with transaction.atomic(using=using, savepoint=bool(field.exempt)):
                        row.update(**folded)
                except IntegrityError:
                    row.update(**folded, **{field.exempt: True})
