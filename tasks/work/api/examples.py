"""Examples of tasks for the OpenAPI schema."""

from __future__ import annotations

from typing import Any

from lib.web.openapi import ALICE, ID, MOMENT, OTHER_ID

LABEL = {"id": OTHER_ID, "name": "harbour", "color": "teal"}
CHOSEN = {
    "title": "Mend the light of the pier",
    "description": "It blinks *twice* as fast.",
    "priority": "high",
    "due_date": "2026-03-02",
    "estimate": 7200,
}
TASK: dict[str, Any] = CHOSEN | {
    "id": ID,
    "project_id": OTHER_ID,
    "key": "ATR-12",
    "number": 12,
    "version": 57,
    "status": "pending",
    "column_id": OTHER_ID,
    "position": "i2bbi0bc",
    "owner": ALICE,
    "assignees": [ALICE],
    "labels": [LABEL],
    "start_date": None,
    "start_at": None,
    "due_at": None,
    "time_spent": 0,
    "parent_id": None,
    "subtask_count": 3,
    "completed_subtask_count": 1,
    "attachment_count": 0,
    "comment_count": 2,
    "message_id": None,
    "external_id": None,
    "recurrence": "",
    "repetition": "completion",
    "snoozed_until": None,
    "started_at": None,
    "completed_at": None,
    "created_at": MOMENT,
    "updated_at": MOMENT,
}
COMPLETED = TASK | {"status": "completed", "completed_at": MOMENT}
TASK_CHANGE = {
    "task_id": ID,
    "version": 57,
    "field": "priority",
    "before": "medium",
    "after": "high",
    "actor": ALICE,
    "created_at": MOMENT,
}
