"""What a list of one's own tasks takes."""

from __future__ import annotations

from pydantic import Field

from tasks.work.filters import TaskQuery


class MyTaskQuery(TaskQuery):
    """Query parameters of one's own tasks: those of every list of tasks, and the organisation."""

    org: str = Field(default="", max_length=40, description="The slug of an organisation; left out: all of yours.")
