"""A page in parts is the page, plain and compressed, with new values in it."""

import gzip
import zlib

import pytest

from lib.web.page_parts import Part, cut_page, join_parts, join_parts_compressed


def test_a_page_is_cut_at_its_values() -> None:
    assert cut_page("a-T.b-N*T.", {"token": "T.", "nonce": "N*"}) == ["a-", "token", "b-", "nonce", "", "token", ""]
    assert cut_page("nothing", {"token": "T"}) == ["nothing"]


@pytest.mark.parametrize("text", ["", "Grüße ⚓" * 2000, "<p>Ahoy</p>" * 5000])
def test_it_is_whole_again(text: str) -> None:
    parts = [Part("<b>"), b"token", Part(text), b"", Part("</b>")]
    page = f"<b>token{text}</b>".encode()

    assert join_parts(parts) == page
    assert gzip.decompress(join_parts_compressed(parts)) == page


def test_the_length_of_a_compressed_page_differs_by_chance() -> None:
    parts = [Part("<p>Ahoy</p>" * 100), b"token"]

    assert len({len(join_parts_compressed(parts)) for _ in range(40)}) > 5


def test_a_value_is_not_compressed_with_what_stands_around_it() -> None:
    secret = b"k7fQ-secret-token-of-the-reader"
    alike, other = (Part(f"<p>{text}</p>") for text in (secret.decode(), "x" * len(secret)))

    sizes = {len(zlib.compress(part.plain)) for part in (alike, other)}
    bodies = [join_parts_compressed([part, secret]) for part in (alike, other)]

    assert len(sizes) == 2 and all(secret in body for body in bodies)
