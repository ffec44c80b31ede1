"""The emoji that the product ships: the server knows each by its spelling and by its names."""

import re
from typing import Any

import orjson
import pytest
from django.conf import settings

from lib.text.emoji import normalize_emoji

CATALOGS = {
    language: orjson.loads((settings.BASE_DIR / f"static/emoji/{language}.json").read_bytes())
    for language in ("en", "de")
}
NAMES: dict[str, Any] = orjson.loads((settings.BASE_DIR / "lib/text/emoji_names.json").read_bytes())


@pytest.mark.parametrize("language", CATALOGS)
def test_the_server_accepts_every_emoji_that_can_be_picked(language: str) -> None:
    rows = CATALOGS[language]["emoji"]
    spellings = [emoji for emoji, *_ in rows] + [
        emoji for *_, skins in rows if isinstance(skins, list) for emoji in skins
    ]

    assert [emoji for emoji in spellings if normalize_emoji(emoji) != emoji] == []
    assert len(rows) > 1800


def test_a_tone_follows_the_first_character_where_the_catalog_says_so() -> None:
    toned = [
        f"{emoji[0]}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}{emoji[1:].removeprefix(chr(0xFE0F))}"
        for emoji, *_, skins in CATALOGS["en"]["emoji"]
        if skins == 1
    ]

    assert [emoji for emoji in toned if normalize_emoji(emoji) != emoji] == []
    assert set(NAMES["tones"]) == {row[0] for row in CATALOGS["en"]["emoji"] if row[-1]}


def test_both_languages_have_the_same_emoji_and_names_between_colons() -> None:
    english, german = (
        [(emoji, names, group) for emoji, _, names, _, group, _ in CATALOGS[language]["emoji"]] for language in CATALOGS
    )

    assert english == german
    assert len(CATALOGS["en"]["groups"]) == len(CATALOGS["de"]["groups"]) == 9


def test_what_may_be_typed_between_colons_means_one_emoji_to_server_and_browser() -> None:
    shown = [(name, emoji) for emoji, _, names, *_ in CATALOGS["en"]["emoji"] for name in names.split()]

    assert {name: NAMES["names"][name] for name, _ in shown} == dict(shown)
    assert len(shown) == len({name for name, _ in shown})
    assert [name for name in NAMES["names"] if not re.fullmatch(r"[a-z0-9_+-]{1,60}", name)] == []
