"""What `/remind` understands, in two languages, and what it does not guess."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from chat.reminders.phrases import read_phrase

BERLIN = ZoneInfo("Europe/Berlin")
# A Friday.
NOW = datetime(2026, 11, 27, 10, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "wall", "note"),
    [
        ("me tomorrow at 9 to water the plants", "2026-11-28T09:00", "water the plants"),
        ("me tomorrow water the plants", "2026-11-28T09:00", "water the plants"),
        ("me to call Bob tomorrow at 11", "2026-11-28T11:00", "call Bob"),
        ("me to call Bob at 11 tomorrow", "2026-11-28T11:00", "call Bob"),
        ("me on Monday to call Bob", "2026-11-30T09:00", "call Bob"),
        ("ME  ON FRIDAY   to rest", "2026-12-04T09:00", "rest"),
        ("Wed at 16:45: the talk", "2026-12-02T16:45", "the talk"),
        ("me about the talk on Tuesday at 16:00.", "2026-12-01T16:00", "the talk"),
        ("at 17:30 to leave", "2026-11-27T17:30", "leave"),
        ("at 9 to leave", "2026-11-28T09:00", "leave"),
        ("at 5pm to leave", "2026-11-27T17:00", "leave"),
        ("at 12 am to sleep", "2026-11-28T00:00", "sleep"),
        ("today at 12 pm, lunch", "2026-11-27T12:00", "lunch"),
        ("next week to plan", "2026-11-30T09:00", "plan"),
        ("on 24 December at 9 to wrap presents", "2026-12-24T09:00", "wrap presents"),
        ("on December 24th at 8am", "2026-12-24T08:00", ""),
        ("on 3rd january - taxes", "2027-01-03T09:00", "taxes"),
        ("2026-12-24 at 08:00 to rise", "2026-12-24T08:00", "rise"),
        ("in 3 days to ask again", "2026-11-30T10:30", "ask again"),
        ("in 2 weeks", "2026-12-11T10:30", ""),
        ("mich morgen um 9 Uhr an die Milch", "2026-11-28T09:00", "die Milch"),
        ("mich am Montag um 14.30 Uhr an den Termin", "2026-11-30T14:30", "den Termin"),
        ("übermorgen: Steuer", "2026-11-29T09:00", "Steuer"),
        ("heute um 17 Uhr zu gehen", "2026-11-27T17:00", "gehen"),
        ("mich an den Kuchen heute um 16 Uhr", "2026-11-27T16:00", "den Kuchen"),
        ("am 24.12. um 18 Uhr an Geschenke", "2026-12-24T18:00", "Geschenke"),
        ("am 24.12.2026", "2026-12-24T09:00", ""),
        ("am 3. Januar um 9 Uhr, Jahresplan", "2027-01-03T09:00", "Jahresplan"),
        ("nächste Woche an das Angebot", "2026-11-30T09:00", "das Angebot"),
        ("um 5 Uhr aufstehen", "2026-11-28T05:00", "aufstehen"),
        ("mich in einer Woche daran, dass die Frist endet", "2026-12-04T10:30", "dass die Frist endet"),
    ],
)
def test_a_time_of_the_wall_clock(text: str, wall: str, note: str) -> None:
    assert read_phrase(text, now=NOW, zone=BERLIN) == (datetime.fromisoformat(wall), note)


@pytest.mark.parametrize(
    ("text", "minutes", "note"),
    [
        ("me in 2 hours", 120, ""),
        ("in 20m: tea", 20, "tea"),
        ("in an hour about lunch", 60, "lunch"),
        ("in half an hour to leave", 30, "leave"),
        ("in 1 hour and 30 minutes that the cake is done", 90, "the cake is done"),
        ("me to stretch in 45 min", 45, "stretch"),
        ("mich in 2 Stunden daran, den Kuchen zu holen", 120, "den Kuchen zu holen"),
        ("mich in 2 Stunden den Kuchen zu holen", 120, "den Kuchen zu holen"),
        ("in einer halben Stunde", 30, ""),
        ("in einer Stunde an den Tee", 60, "den Tee"),
        ("mich in 10 Minuten", 10, ""),
    ],
)
def test_what_is_counted_from_now_is_an_instant(text: str, minutes: int, note: str) -> None:
    phrase = read_phrase(text, now=NOW, zone=BERLIN)

    assert phrase is not None and phrase.note == note
    assert (phrase.moment - NOW).total_seconds() == minutes * 60


@pytest.mark.parametrize(
    "text",
    [
        "", "me", "mich", "tonight", "today", "heute", "later to rest", "to do it", "so that I win", "at 5 to leave",
        "um 5 aufstehen", "at 5 o'clock", "tomorrow morning to run", "tomorrow at 9 or 10 to run",
        "morgen früh laufen", "every Monday to run", "to run every Monday", "next Friday to run", "nächsten Montag",
        "12/1 to run", "on 31 February", "on 2026-02-30", "tomorrow at 25:00", "tomorrow at 9:77", "at 13 pm",
        "in 2 hours 3 hours", "in 1.5 hours", "in 3 days at 9", "yesterday to run", "to send it by Friday",
        "in 99999 weeks", "in hours", "on the Monday", "Monday or Tuesday to run", "am 24.12.26", "in 2 hours or so",
    ],
)  # fmt: skip
def test_what_is_unclear_is_not_guessed(text: str) -> None:
    assert read_phrase(text, now=NOW, zone=BERLIN) is None


def test_hours_are_counted_across_a_change_of_the_clock() -> None:
    evening = datetime(2026, 3, 28, 22, tzinfo=BERLIN)

    assert read_phrase("in 8 hours", now=evening, zone=BERLIN) == (datetime(2026, 3, 29, 5, tzinfo=UTC), "")
    assert read_phrase("tomorrow at 9", now=evening, zone=BERLIN) == (datetime(2026, 3, 29, 9), "")
