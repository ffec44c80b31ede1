"""Shapes of a user's own profile."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from accounts.models import Status
from accounts.schemas import Availability, Language
from lib.web.schemas import LEFT_OUT, Name, Schema, Username


class StatusIn(BaseModel):
    """A status to set."""

    emoji: Annotated[str, StringConstraints(max_length=32)] = Field(
        default="", description="A single emoji; a speech balloon where there is text alone."
    )
    text: Annotated[str, StringConstraints(max_length=100)] = ""
    expires_at: AwareDatetime | None = Field(default=None, description="When it clears itself.")


class MeIn(Schema):
    """Changes of your own account. What is left out stays."""

    name: Name = LEFT_OUT
    username: Username = LEFT_OUT
    theme: Literal["system", "light", "dark"] = LEFT_OUT
    language: Language = LEFT_OUT
    time_zone: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        default=LEFT_OUT, description="As IANA names it; null is that of the browser."
    )
    availability: Availability = LEFT_OUT
    status: StatusIn | None = Field(default=LEFT_OUT, description="Null clears it.")
    metadata: dict[str, Any] = Field(
        default=LEFT_OUT,
        description="Merged by its top-level keys: each gets its new value whole, and one set to null goes.",
    )

    def changes(self) -> dict[str, Any]:
        """Return the fields that were given, as arguments of `update_profile`."""
        given = self.model_dump(exclude_unset=True)
        if "status" in given:
            given["status"] = Status(**(given["status"] or {}))
        if "time_zone" in given:
            given["time_zone"] = given["time_zone"] or ""
        return given
