"""Plan the messages of a sample room: the written scenes, and everyday chatter between them."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from chat.demo.cast import Company, RoomPlan
from chat.demo.chatter import generate_exchanges
from chat.demo.script import Scene, read_scenes, working_day

# Names every message of the sample, so that a second run knows it again.
SAMPLE = uuid.UUID("01976f5e-6a3c-7b21-9d42-5ea1da7a5eed")
OFFICE_OPENS = 8 * 60
OFFICE_MINUTES = 10 * 60
LATEST_CHATTER = 2


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """A message of the sample. `reply_to` and `thread` are client ids: of what it answers, of the root of its thread."""

    client_id: str
    author: str
    text: str
    at: datetime
    reply_to: str | None
    thread: str | None
    edited_to: str | None
    deleted: bool
    reactions: tuple[tuple[str, str], ...]
    pinned_by: str | None
    saved_by: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


def plan_history(
    company: Company, room: RoomPlan, *, chatter: int, talkers: Sequence[str], now: datetime
) -> list[PlannedMessage]:
    """Return all messages of a room in the order of time, with at least `chatter` everyday ones."""
    scenes = read_scenes(company.script_of(room))
    written = [
        _plan_scene(f"{company.slug}/{room.name}/{scene.heading}", scene, scene.starts_at(now)) for scene in scenes
    ]
    everyday = _plan_chatter(company, room, scenes, chatter, talkers, now) if chatter else []
    messages = [message for scene in [*everyday, *written] for message in scene]
    # Sorting is stable, so that lines of one minute keep their order.
    return sorted(messages, key=lambda message: min(message.at, now))


def count_written(company: Company, room: RoomPlan) -> int:
    """Return the number of messages of a room that were written by hand."""
    return sum(len(scene.lines) for scene in read_scenes(company.script_of(room)))


def _plan_chatter(
    company: Company, room: RoomPlan, scenes: Sequence[Scene], chatter: int, talkers: Sequence[str], now: datetime
) -> list[list[PlannedMessage]]:
    name = f"{company.slug}/{room.name}/everyday"
    played: list[Scene] = []
    for scene in generate_exchanges(company.chatter_of(room), seed=name, people=talkers):
        if chatter <= 0:
            break
        played.append(scene)
        chatter -= len(scene.lines)
    starts = _spread_starts(scenes, len(played), random.Random(name), now)
    return [
        _plan_scene(f"{name}/{number}", scene, start)
        for number, (scene, start) in enumerate(zip(played, starts, strict=True))
    ]


def _spread_starts(scenes: Sequence[Scene], number: int, rng: random.Random, now: datetime) -> Iterator[datetime]:
    """Yield `number` times in office hours, spread evenly over the days on which no scene was written by hand."""
    days = _find_free_days(scenes, now)
    per_day = -(-number // len(days))
    for index in range(number):
        day, position = index * len(days) // number, index % per_day
        minute = (
            OFFICE_OPENS + (position * OFFICE_MINUTES) // per_day + rng.randrange(max(OFFICE_MINUTES // per_day, 1))
        )
        yield days[day] + timedelta(minutes=minute)


def _find_free_days(scenes: Sequence[Scene], now: datetime) -> list[datetime]:
    taken = {scene.starts_at(now).date() for scene in scenes}
    first = min(taken)
    days: list[datetime] = []
    for ago in count(LATEST_CHATTER):
        day = working_day(now, ago)
        if day.date() <= first:
            return days[::-1]
        if day.date() not in taken:
            days.append(day)
    raise AssertionError("Unreachable: days are counted without end.")


def _plan_scene(name: str, scene: Scene, start: datetime) -> list[PlannedMessage]:
    rng = random.Random(name)
    at = start
    messages: list[PlannedMessage] = []
    in_room: list[str] = []
    for number, line in enumerate(scene.lines):
        at += timedelta(
            minutes=line.later if line.later is not None else rng.randint(0, 3) * bool(number),
            seconds=rng.randint(0, 19),
        )
        client_id = str(uuid.uuid5(SAMPLE, f"{name}/{number}"))
        answered = in_room[-line.back] if line.back else None
        messages.append(
            PlannedMessage(
                client_id=client_id,
                author=line.speaker,
                text=line.text,
                at=at,
                reply_to=None if line.in_thread else answered,
                thread=answered if line.in_thread else None,
                edited_to=line.edited_to,
                deleted=line.deleted,
                reactions=tuple(line.reactions),
                pinned_by=line.pinned_by,
                saved_by=tuple(line.saved_by),
                files=tuple(line.files),
            )
        )
        in_room += [] if line.in_thread else [client_id]
    return messages
