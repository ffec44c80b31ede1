"""Files of tasks, as REST answers carry them."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, Field

from assets.storing.schemas import AssetOut
from lib.web.schemas import Timestamp
from tasks.models import TaskAttachment

MAX_ATTACHMENTS = 100


class AttachmentOut(BaseModel):
    """A file of a task."""

    asset: AssetOut
    attached_at: Timestamp

    @classmethod
    def of(cls, attachment: TaskAttachment) -> AttachmentOut:
        """Return the shape of an attachment whose asset is loaded as for listing."""
        return cls.model_construct(asset=AssetOut.of(attachment.asset), attached_at=attachment.created_at)


class AttachmentsIn(BaseModel):
    asset_ids: list[UUID] = Field(min_length=1, max_length=MAX_ATTACHMENTS, description="Files that you can see.")
