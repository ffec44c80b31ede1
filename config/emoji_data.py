"""Make the emoji data of the product from the npm package `emojibase-data`, which has Unicode's names and groups."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import orjson

from lib.text.emoji import EMOJI_PRESENTATION, normalize_emoji

VERSION = "17.0.0"
# Later ones are empty boxes on systems that are a year old.
MAX_EMOJI_VERSION = 16
# Where two emoji have the same short name, the earlier list wins: the names that most chats know come first.
SHORTCODES = ("iamcal", "github", "emojibase")
# Short names by which an emoji is found in a browser. The server knows all.
MAX_SHORTCODES = 3
COMPONENTS = 2
TONES = 5

Entry = dict[str, Any]


def read_package_version(package: Path) -> str:
    """Return the version of an unpacked npm package."""
    return str(_read_json(package / "package.json")["version"])


def build_catalog(package: Path, language: str) -> bytes:
    """Return the JSON that a browser loads: the names of groups, and all emoji in Unicode's order.

    An emoji is `[emoji, name, short names, further words, index of its group, skin tones]`. The last is 0 without
    tones, 1 where a modifier follows its first character, else the five variants.
    """
    messages = _read_json(package / language / "messages.json")
    groups = [group for group in messages["groups"] if group["order"] != COMPONENTS]
    indexes = {group["order"]: index for index, group in enumerate(groups)}
    english = {entry["hexcode"]: entry for entry in _read_entries(package, "en")}
    shortcodes = _assign_shortcodes(package, list(english))
    rows = []
    for entry in sorted(_read_entries(package, language), key=lambda entry: cast(int, entry["order"])):
        emoji, names = _spell_emoji(entry), shortcodes[entry["hexcode"]][:MAX_SHORTCODES]
        words = [*entry.get("tags", ())]
        if language != "en":
            source = english[entry["hexcode"]]
            words += [source["label"], *source.get("tags", ())]
        known = " ".join([entry["label"], *names]).lower()
        further = " ".join(dict.fromkeys(word for word in " ".join(words).lower().split() if word not in known))
        rows.append([emoji, entry["label"], " ".join(names), further, indexes[entry["group"]], _find_skins(entry)])
    named = [group["message"][:1].upper() + group["message"][1:] for group in groups]
    return orjson.dumps({"groups": named, "emoji": rows}) + b"\n"


def build_names(package: Path) -> bytes:
    """Return the JSON that the server loads: emoji by short name, and those with skin tones by name and tone."""
    entries = _read_entries(package, "en")
    shortcodes = _assign_shortcodes(package, [entry["hexcode"] for entry in entries])
    names = {name: _spell_emoji(entry) for entry in entries for name in shortcodes[entry["hexcode"]]}
    tones = {_spell_emoji(entry): _list_variants(entry) for entry in entries if _list_variants(entry)}
    return orjson.dumps({"names": names, "tones": tones}, option=orjson.OPT_SORT_KEYS) + b"\n"


def _read_entries(package: Path, language: str) -> list[Entry]:
    """Return what can be picked: no regional letters, no skin tones alone, nothing that is too new."""
    entries = _read_json(package / language / "data.json")
    return [
        entry
        for entry in entries
        if entry.get("group", COMPONENTS) != COMPONENTS and entry["version"] <= MAX_EMOJI_VERSION
    ]


def _assign_shortcodes(package: Path, hexcodes: Sequence[str]) -> dict[str, list[str]]:
    """Return the short names of each emoji, every name once."""
    assigned: dict[str, list[str]] = {hexcode: [] for hexcode in hexcodes}
    taken: set[str] = set()
    for source in SHORTCODES:
        listed = _read_json(package / f"en/shortcodes/{source}.json")
        for hexcode in hexcodes:
            for name in _list_names(listed.get(hexcode, ())):
                if name not in taken:
                    taken.add(name)
                    assigned[hexcode].append(name)
    return assigned


def _list_names(names: str | Sequence[str]) -> Iterator[str]:
    yield from (name.lower() for name in ([names] if isinstance(names, str) else names))


def _spell_emoji(entry: Entry) -> str:
    """Return the spelling in which the server stores an emoji."""
    text = "".join(chr(int(code, 16)) for code in entry["hexcode"].split("-"))
    emoji = normalize_emoji(text)
    if emoji is None:
        raise ValueError(f"{entry['label']}: not known to the package emoji")
    return emoji


def _list_variants(entry: Entry) -> list[str]:
    """Return an emoji in the five tones of skin, of all its people alike; nothing where it has none."""
    by_tone = {skin["tone"]: _spell_emoji(skin) for skin in entry.get("skins", ()) if isinstance(skin["tone"], int)}
    by_tone |= {
        skin["tone"][0]: _spell_emoji(skin)
        for skin in entry.get("skins", ())
        if isinstance(skin["tone"], list) and len(set(skin["tone"])) == 1
    }
    return [by_tone[tone] for tone in range(1, TONES + 1)] if len(by_tone) == TONES else []


def _find_skins(entry: Entry) -> int | list[str]:
    variants = _list_variants(entry)
    if not variants:
        return 0
    emoji = _spell_emoji(entry)
    rest = emoji[1:].removeprefix(EMOJI_PRESENTATION)
    by_rule = [f"{emoji[0]}{chr(0x1F3FB + tone)}{rest}" for tone in range(TONES)]
    return 1 if variants == by_rule else variants


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text())
