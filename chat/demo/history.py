"""What is said in a room of the sample, by whom and when: the written scenes, and everyday talk between them."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from chat.demo.cast import Company, RoomPlan
from chat.demo.chatter import exchanges
from chat.demo.script import Scene, read_scenes, working_day

# Names every message of the sample, so that a second run knows it again.
SAMPLE = uuid.UUID("01976f5e-6a3c-7b21-9d42-5ea1da7a5eed")
OFFICE_OPENS = 8 * 60
OFFICE_MINUTES = 10 * 60
LATEST_CHATTER = 2


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the sample. `reply_to` is the client id of the one it answers."""

    client_id: str
    author: str
    text: str
    at: datetime
    reply_to: str | None
    edited_to: str | None
    deleted: bool
    reactions: tuple[tuple[str, str], ...]
    pinned_by: str | None


def history_of(company: Company, room: RoomPlan, *, chatter: int, talkers: Sequence[str], now: datetime) -> list[Said]:
    """Everything said in a room in the order of time, with at least `chatter` everyday messages."""
    scenes = read_scenes(company.script_of(room))
    written = [_said(f"{company.slug}/{room.name}/{scene.heading}", scene, scene.starts_at(now)) for scene in scenes]
    everyday = _everyday(company, room, scenes, chatter, talkers, now) if chatter else []
    # Sorting is stable, so that lines of one minute keep their order.
    return sorted((said for scene in [*everyday, *written] for said in scene), key=lambda said: min(said.at, now))


def count_written(company: Company, room: RoomPlan) -> int:
    """How many messages of a room were written by hand."""
    return sum(len(scene.lines) for scene in read_scenes(company.script_of(room)))


def _everyday(
    company: Company, room: RoomPlan, scenes: Sequence[Scene], chatter: int, talkers: Sequence[str], now: datetime
) -> list[list[Said]]:
    name = f"{company.slug}/{room.name}/everyday"
    played: list[Scene] = []
    for scene in exchanges(company.chatter_of(room), seed=name, people=talkers):
        if chatter <= 0:
            break
        played.append(scene)
        chatter -= len(scene.lines)
    starts = _starts(scenes, len(played), random.Random(name), now)
    return [
        _said(f"{name}/{number}", scene, start)
        for number, (scene, start) in enumerate(zip(played, starts, strict=True))
    ]


def _starts(scenes: Sequence[Scene], number: int, rng: random.Random, now: datetime) -> Iterator[datetime]:
    """So many moments in office hours, spread evenly over the days on which nothing was written by hand."""
    days = _free_days(scenes, now)
    per_day = -(-number // len(days))
    for index in range(number):
        slot, place = index * len(days) // number, index % per_day
        minute = OFFICE_OPENS + (place * OFFICE_MINUTES) // per_day + rng.randrange(max(OFFICE_MINUTES // per_day, 1))
        yield days[slot] + timedelta(minutes=minute)


def _free_days(scenes: Sequence[Scene], now: datetime) -> list[datetime]:
    taken = {scene.starts_at(now).date() for scene in scenes}
    first = min(taken)
    days: list[datetime] = []
    for ago in count(LATEST_CHATTER):
        day = working_day(now, ago)
        if day.date() <= first:
            return days[::-1]
        if day.date() not in taken:
            days.append(day)
    raise AssertionError("The past has no end.")


def _said(name: str, scene: Scene, start: datetime) -> list[Said]:
    rng = random.Random(name)
    at = start
    said: list[Said] = []
    for number, line in enumerate(scene.lines):
        at += timedelta(
            minutes=line.later if line.later is not None else rng.randint(0, 3) * bool(number),
            seconds=rng.randint(0, 19),
        )
        said.append(
            Said(
                client_id=str(uuid.uuid5(SAMPLE, f"{name}/{number}")),
                author=line.speaker,
                text=line.text,
                at=at,
                reply_to=said[-line.back].client_id if line.back else None,
                edited_to=line.edited_to,
                deleted=line.deleted,
                reactions=tuple(line.reactions),
                pinned_by=line.pinned_by,
            )
        )
    return said
