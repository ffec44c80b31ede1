"""The numbers of a project, as REST answers carry them."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

MAX_DAYS = 366


class DayOut(BaseModel):
    """How many tasks a project had at the end of a day, by status, and how many were completed on it."""

    day: date
    pending: int
    in_progress: int
    completed: int
    completed_on_day: int


class WeekOut(BaseModel):
    """How many tasks were completed in a week; of the last one, so far."""

    monday: date
    completed: int


class CycleTimeOut(BaseModel):
    """How long tasks took from the first work on them, or from their creation, to their completion."""

    count: int = Field(description="Of tasks that were completed in these days.")
    median_seconds: int | None = Field(description="Half of them took no longer; null: none was completed.")
    p85_seconds: int | None = Field(description="85 of a hundred took no longer.")


class OpenByAssigneeOut(BaseModel):
    """How many tasks of a user are not completed. Those without assignees stand under null."""

    user_id: UUID | None
    name: str
    count: int


class StatisticsOut(BaseModel):
    """The numbers of a project, in the days of your time zone. Deleted tasks are in none of them."""

    days: list[DayOut]
    weeks: list[WeekOut]
    cycle_time: CycleTimeOut
    open_by_assignee: list[OpenByAssigneeOut]


class StatisticsQuery(BaseModel):
    days: Annotated[int, Field(ge=7, le=MAX_DAYS, description="Up to today.")] = 90
