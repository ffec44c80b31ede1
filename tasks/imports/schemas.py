"""Imports of tasks, as REST takes them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, Json

from tasks.imports.reading import Kind

YesOrNo = Literal["true", "false"]


class ImportIn(BaseModel):
    """The fields of the form, beside its file."""

    model_config = ConfigDict(extra="ignore")

    kind: Kind
    dry_run: YesOrNo = "false"
    update_existing: YesOrNo = "false"
    date_order: Literal["day", "month"] | None = None
    mapping: Json[dict[str, str]] | None = Field(default=None)
