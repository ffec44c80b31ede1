"""Define the types that all schemas share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints
from pydantic_core import PydanticCustomError

T = TypeVar("T")
# Default of a field that a PATCH may leave out; null is no value for it.
LEFT_OUT: Any = None


def to_timestamp(moment: datetime) -> str:
    """Format a datetime as ISO 8601 in UTC with milliseconds: `2026-03-01T09:30:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Timestamp = Annotated[
    datetime, PlainSerializer(to_timestamp, return_type=str), Field(examples=["2026-03-01T09:30:00.000Z"])
]


def convert_to_utc(moment: datetime) -> datetime:
    """Return a time in UTC. Raise PydanticCustomError for one beyond the calendar, as 9999-12-31T23:00-14:00 is."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise PydanticCustomError("moment", "No calendar goes that far.") from error


# What clients send.
Moment = Annotated[AwareDatetime, AfterValidator(convert_to_utc)]
Role = Literal["owner", "admin", "member", "guest"]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Username = Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
Slug = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Email = Annotated[str, StringConstraints(min_length=3, max_length=254, strip_whitespace=True)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=128)]
Token = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Search = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True, pattern=r"^[^\x00]*$")]
Kind = Literal["human", "agent"]
OnOff = Literal["on", "off"]
Format = Literal["json", "csv"]
Otp = Annotated[str, StringConstraints(max_length=64)]


class Schema(BaseModel):
    """Base of all shapes, which are read from mappings, and from rows by the names of their attributes.

    Ninja's own base would import Ninja, and with it Jinja and `django.test`, wherever a shape is used.
    """

    model_config = ConfigDict(from_attributes=True)


class Fault(Schema):
    loc: list[str | int]
    msg: str


class Problem(Schema):
    """An error, as RFC 9457 has it. `errors` says where, when the input was invalid.

    `methods` says by what a sign-in can prove its second factor, when it lacks one; `changes` what others have changed
    of a task meanwhile.
    """

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    errors: list[Fault] | None = None
    methods: list[str] | None = None
    changes: list[dict[str, Any]] | None = None


class Page(Schema, Generic[T]):
    """Part of a list. Ask again with `cursor=next_cursor` until it is null."""

    items: list[T]
    next_cursor: str | None
