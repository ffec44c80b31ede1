"""Imports, as REST answers them."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from chat.imports.notes import TEXTS
from chat.imports.registry import formats
from chat.models import Import
from lib.web.schemas import Timestamp

ImportState = Literal["draft", "pending", "running", "completed", "failed"]


class ImportProgressOut(BaseModel):
    """How far an import is."""

    done: int
    total: int
    percent: int


class ImportNoteOut(BaseModel):
    """What was not taken over as it was, and how often."""

    code: str
    text: str
    count: int
    examples: list[str] = Field(description="The first few.")


class ImportReportOut(BaseModel):
    """What an import takes over, and what it does not."""

    counts: dict[str, int] = Field(description="Of what is created, exists already, and so on.")
    notes: list[ImportNoteOut]


class ImportOut(BaseModel):
    """An import of yours."""

    id: UUID
    kind: str
    dry_run: bool = Field(description="Nothing is written: the report says what would be.")
    state: ImportState
    progress: ImportProgressOut
    report: ImportReportOut = Field(description="Complete once it has begun; what goes wrong later is added.")
    created_at: Timestamp
    finished_at: Timestamp | None

    @classmethod
    def of(cls, imported: Import) -> ImportOut:
        """Return the shape of an import."""
        return cls.model_construct(
            id=imported.pk,
            kind=imported.kind,
            dry_run=imported.is_dry_run,
            state=imported.state,
            progress=ImportProgressOut(done=imported.done, total=imported.total, percent=imported.percent),
            report=ImportReportOut(counts=imported.report.get("counts", {}), notes=list_notes(imported)),
            created_at=imported.created_at,
            finished_at=imported.finished_at,
        )


def list_notes(imported: Import) -> list[ImportNoteOut]:
    """Return the notes of a report with their words, in the language of the reader."""
    describe = formats[imported.kind].describe_note
    return [
        ImportNoteOut(
            code=code, text=str(TEXTS.get(code) or describe(code)), count=note["count"], examples=note["examples"]
        )
        for code, note in imported.report.get("notes", {}).items()
    ]
