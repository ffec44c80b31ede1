"""Words are found however a file has them."""

import pytest

from assets.file_texts import write_search_text
from lib.text.search_text import build_search_term, build_search_text


@pytest.mark.parametrize("word", ["harbourmaster", "harbour-master", "master", '"the harbour-master is"', "well-known"])
def test_a_divided_word_is_found_with_and_without_its_hyphen(word: str) -> None:
    text = write_search_text("Here\nthe harbour\u00admaster is well\u00adknown\nhere", "text")

    assert build_search_term(word.strip('"')) in build_search_text(text)


@pytest.mark.parametrize("phrase", ["مرحبا", "مرحبا بكم في الميناء", "أهلا", "12 سفينة", "calm"])
def test_arabic_words_of_a_pdf_are_found_whichever_way_it_has_them(phrase: str) -> None:
    """As PDFium reads what Chromium has printed."""
    read = "calm\nابحرم مكب يف الميناء\nالهأ 12 ةنيفس"

    assert build_search_term(phrase) in build_search_text(write_search_text(read, "pdf"))
    assert build_search_term("ابحرم مكب") in build_search_text(write_search_text(read, "pdf"))


def test_other_texts_are_stored_as_they_are() -> None:
    assert write_search_text("مرحبا\ncalm", "text") == "مرحبا\ncalm"
    assert write_search_text("calm\nsea", "pdf") == "calm\nsea"
