"""Shapes of what users want to be told of, and of what organisations suggest."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, StrictBool, StringConstraints

from accounts.models import User
from lib.lasting import FOREVER
from lib.web.schemas import LEFT_OUT, Moment, Schema, Timestamp
from notifications.models import NotificationDefaults
from notifications.preferences.grid import list_grid_rows, resolve_channels
from notifications.preferences.pace import DEFAULT_PACE
from notifications.preferences.queries import find_settings, list_keywords, load_suggestions, read_week
from notifications.preferences.quiet_hours import (
    DAYS,
    NO_QUIET_HOURS,
    QuietSpan,
    Week,
    count_minutes,
    format_clock,
)
from notifications.preferences.silence import Silence

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Pace = Literal["5m", "15m", "60m", "daily", "weekly", "never"]
ChannelChoices = dict[str, StrictBool | None]
CHOICES = (
    "What was chosen, by kind of notification and channel: `in_app`, `push`, `mail`. What is left out is as suggested."
)
CHOICE_CHANGES = "Merged; null takes a choice back, of one channel or of all of a kind."


class QuietHours(Schema):
    """Quiet hours that start on a day. With an end that is no later than the start they last until the next day."""

    day: Day
    start: Clock
    end: Clock


class GridRowOut(Schema):
    """By which channels a kind of notification reaches the user, choices and suggestions taken together."""

    kind: str
    label: str
    category: str = Field(description="What stands over the kinds of this sort.")
    in_app: bool
    push: bool
    mail: bool

    @classmethod
    def list_for(cls, *layers: Any) -> list[Self]:
        return [
            cls.model_construct(
                kind=row.kind,
                label=str(row.label),
                category=str(row.category),
                **resolve_channels(row.kind, row.defaults, *layers)._asdict(),
            )
            for row in list_grid_rows()
        ]


class NotificationSettingsOut(Schema):
    grid: list[GridRowOut]
    choices: dict[str, dict[str, bool]] = Field(description=CHOICES)
    keywords: list[str]
    quiet_hours: list[QuietHours]
    time_zone: str | None = Field(
        description="In which quiet hours and mornings are meant, where your profile names none; null: UTC."
    )
    mail_pace: Pace | None = Field(description="When what is unread is mailed; null: as suggested.")
    silent_until: Timestamp | None = Field(description="Until when nothing is pushed or mailed; then it is.")
    paused: bool = Field(
        description="Whether nothing is pushed or mailed until you say so, and nothing kept for later."
    )

    @classmethod
    def of(cls, user: User) -> Self:
        """Build the answer for a user. Three queries."""
        settings = find_settings(user)
        silence = user.current_silence
        return cls.model_construct(
            grid=GridRowOut.list_for(settings.choices, load_suggestions(user).choices),
            choices=settings.choices,
            keywords=list_keywords(user),
            quiet_hours=describe_week(read_week(settings.quiet_hours)),
            time_zone=settings.time_zone or None,
            mail_pace=settings.mail_pace or None,
            silent_until=silence if silence != FOREVER else None,
            paused=silence == FOREVER,
        )


class NotificationSettingsPatch(BaseModel):
    """Changes of your settings. What is left out stays."""

    choices: dict[str, ChannelChoices | None] = Field(default=LEFT_OUT, description=CHOICE_CHANGES)
    keywords: list[str] = Field(default=LEFT_OUT, max_length=200, description="All of them, in place of the former.")
    quiet_hours: list[QuietHours] = Field(
        default=LEFT_OUT, max_length=7, description="All of them, in place of the former; one for each day at most."
    )
    time_zone: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        default=LEFT_OUT, description="As IANA names it. That of your profile goes before it."
    )
    mail_pace: Pace | None = LEFT_OUT
    silent_until: Moment | None = Field(default=LEFT_OUT, description="Do not disturb until then.")
    paused: StrictBool = LEFT_OUT

    def changes(self) -> dict[str, Any]:
        """Return what was given, as arguments of `change_settings`."""
        given = self.model_dump(exclude_unset=True, exclude={"silent_until", "paused"})
        if "quiet_hours" in given:
            given["quiet_hours"] = build_week(self.quiet_hours)
        if not self.model_fields_set.isdisjoint({"silent_until", "paused"}):
            given["silence"] = Silence(FOREVER if self.paused else self.silent_until)
        return given | {name: given[name] or "" for name in ("time_zone", "mail_pace") if name in given}


class NotificationDefaultsOut(Schema):
    grid: list[GridRowOut]
    choices: dict[str, dict[str, bool]] = Field(description=CHOICES)
    mail_pace: Pace = Field(description="When what is unread is mailed to members who have not chosen otherwise.")
    mail_content: bool = Field(description="Whether mails say what messages say, or only that there are some.")

    @classmethod
    def of(cls, defaults: NotificationDefaults) -> Self:
        return cls.model_construct(
            grid=GridRowOut.list_for(defaults.choices),
            choices=defaults.choices,
            mail_pace=defaults.mail_pace or DEFAULT_PACE,
            mail_content=defaults.mail_content,
        )


class NotificationDefaultsPatch(BaseModel):
    """Changes of what an organisation suggests. What is left out stays."""

    choices: dict[str, ChannelChoices | None] = Field(default=LEFT_OUT, description=CHOICE_CHANGES)
    mail_pace: Pace = LEFT_OUT
    mail_content: StrictBool = LEFT_OUT


def describe_week(week: Week) -> list[QuietHours]:
    """Return quiet hours as REST has them, those of days that have any."""
    return [
        QuietHours.model_construct(day=day, start=format_clock(span.start), end=format_clock(span.end))
        for day, span in zip(DAYS, week, strict=True)
        if span is not None
    ]


def build_week(spans: list[QuietHours]) -> Week:
    """Return quiet hours as the service takes them: of several of one day, the last."""
    by_day: dict[str, QuietSpan] = {
        span.day: QuietSpan(*(count_minutes(time.fromisoformat(clock)) for clock in (span.start, span.end)))
        for span in spans
    }
    return tuple(by_day.get(day) for day in DAYS) if by_day else NO_QUIET_HOURS
