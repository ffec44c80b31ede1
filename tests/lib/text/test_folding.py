"""What folds alike."""

import unicodedata

import pytest

from lib.text.folding import fold_text
from lib.text.names import clean_name


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Halyard", "halyard"),
        ("ÄRZTE", "arzte"),
        ("Łódź", "lodz"),
        ("Đặng", "dang"),
        ("Æsir", "aesir"),
        ("ẞ", "ss"),
        ("Ёлка", "елка"),
        ("Йод", "йод"),
        ("Їжак", "їжак"),
        ("Ўзбек", "ўзбек"),
        ("за́мок", "замок"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("שָׁלוֹם", "שלום"),
        ("أَحْمَد", "احمد"),
        ("ガ", "ガ"),
        ("ｶﾞ", "ガ"),
        ("हिन्दी", "हिन्दी"),
        ("ไทย", "ไทย"),
        ("한국", "한국"),
        ("نامه\u200cها", "نامهها"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_texts_fold(text: str, folded: str) -> None:
    assert fold_text(text) == fold_text(unicodedata.normalize("NFD", text)) == fold_text(fold_text(text)) == folded


def test_names_are_composed_after_what_is_unseen_came_off() -> None:
    assert clean_name("Zoe\u200b\u0308") == clean_name("Zoe\u0308") == "Zoë"
