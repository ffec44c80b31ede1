"""Generate everyday chatter without end: short exchanges whose boats, berths and sums differ each time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from chat.demo.script import Line, Scene, read_scenes

# Speakers of an exchange whom any person in the room may play.
OPEN_PARTS = ("a", "b", "c")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")

WORDS: dict[str, Sequence[str]] = {
    "boat": (
        "Tern", "Marguerite", "Wanderlust", "Petrel", "Sea Campion", "Isolde", "Halcyon", "Curlew", "Blue Moment",
        "Kittiwake", "Ondine", "Saltire", "Tiderace", "Mistral", "Good Company", "Lapwing", "Pelikaan", "Aurora",
        "Second Mortgage", "Nordlys", "Kevin", "Old Harry", "Samphire", "Windfall", "Vagabond", "Penelope",
    ),
    "skipper": (
        "Mr Penrose", "Anneke", "the Whittakers", "Captain Sørensen", "Mrs Trelawny", "Duarte’s cousin", "Ole", "Fiona",
        "Dr Achterberg", "Ms Kowalczyk", "the sailing school", "Mr Bonnet", "Ingrid", "old Mr Hale", "Lúcia", "Rashid",
    ),
    "harbour": (
        "Falmouth", "Port Ellery", "Halifax", "Lisbon", "Cascais", "Fowey", "Lunenburg", "Dartmouth", "Padstow",
        "Kinsale", "Dingle", "Vannes", "La Rochelle", "Horta", "Baiona", "Mahone Bay", "Salcombe",
    ),
    "dish": (
        "Soup", "Lentils", "Caldo verde", "Fish pie", "Tortilla", "Dal", "Noodles", "Something with beans",
        "Leftovers, improved", "Jollof", "Pancakes", "Miso and rice",
    ),
    "thing": (
        "plant", "kettle", "tide clock", "oat milk", "second monitor", "chart table", "loose plank", "cable drum",
        "spare keyboard", "whiteboard", "tea tin", "anchor symbol", "dropped shackle",
    ),
    "topic": (
        "the opening hours", "guest berths", "who answers on Sundays", "the refund rules", "waiting lists",
        "the wording on receipts", "night arrivals", "the regatta week", "photos of berths", "multihulls",
    ),
    "screen": (
        "berth card", "tide graph", "booking form", "harbour map", "waiting list", "receipt", "arrivals page",
        "sign-in page", "price table", "week view",
    ),
    "word": ("Cancel", "Arrival", "Reserve", "Vessel", "Quay", "Duration", "Occupied", "Stay"),
    "word2": ("Never mind", "Coming in", "Hold", "Boat", "Pontoon", "Nights", "Taken", "Visit"),
    "wind": ("SW 5", "W 6, gusting 8", "NE 4", "S 3", "NW 7", "variable 2", "E 5", "SE 4 and rain"),
    "snake": ("many_colours", "unknown_depth", "two_hulls", "no_engine", "great_beam", "a_certain_age"),
}  # fmt: skip


class Slots(dict[str, str]):
    """The words of an exchange, each chosen at first use."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def __missing__(self, name: str) -> str:
        self[name] = word = self._rng.choice(WORDS[name]) if name in WORDS else self._choose_number(name)
        return word

    def _choose_number(self, name: str) -> str:
        rng = self._rng
        match name:
            case "day":
                return rng.choice(DAYS)
            case "nextday":
                return DAYS[(DAYS.index(self["day"]) + 1) % len(DAYS)]
            case "berth":
                return f"{rng.choice('ABCDE')}{rng.randint(1, 24)}"
            case "length" | "length2":
                return f"{rng.uniform(6.5, 18):.1f}"
            case "draught":
                return f"{rng.uniform(0.8, 2.9):.1f}"
            case "amount" | "amount2":
                return f"€ {rng.randint(18, 1900)}.{rng.choice(('00', '40', '50', '80'))}"
            case "version":
                return f"2.{rng.randint(1, 4)}.{rng.randint(1, 19)}"
            case "hour":
                return f"{rng.randint(18, 21)}:{rng.choice(('00', '15', '30'))}"
            case _:
                return str(rng.randint(*RANGES[name]))


RANGES = {
    "nights": (2, 9),
    "invoice": (101, 480),
    "ticket": (2100, 9800),
    "ms": (18, 95),
    "ms2": (110, 900),
    "seconds": (21, 58),
    "count": (12, 180),
    "small": (2, 7),
}


def generate_exchanges(path: Path, *, seed: str, people: Sequence[str]) -> Iterator[Scene]:
    """Yield exchanges without end, in the same order for the same seed. Each is used once before any comes again."""
    written = read_scenes(path)
    turn = 0
    while True:
        deck = random.Random(f"{seed}/{turn}").sample(written, len(written))
        for number, scene in enumerate(deck):
            yield _cast_scene(scene, random.Random(f"{seed}/{turn}/{number}"), people)
        turn += 1


def _cast_scene(scene: Scene, rng: random.Random, people: Sequence[str]) -> Scene:
    named = {line.speaker for line in scene.lines}
    open_parts = [part for part in OPEN_PARTS if part in named]
    parts = dict(
        zip(open_parts, rng.sample([name for name in people if name not in named], len(open_parts)), strict=True)
    )
    slots = Slots(rng)
    return Scene(scene.heading, [_fill_line(line, parts, slots) for line in scene.lines])


def _fill_line(line: Line, parts: Mapping[str, str], slots: Slots) -> Line:
    text = line.text.format_map(slots)
    return replace(line, speaker=parts.get(line.speaker, line.speaker), text=text[:1].upper() + text[1:])
