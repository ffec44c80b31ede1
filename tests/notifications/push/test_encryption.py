"""Pushes are encrypted as RFC 8291 has it: by its own example, and back by what a browser does."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from notifications.push.encryption import (
    MAX_PLAINTEXT,
    decode_base64url,
    encode_base64url,
    encode_point,
    encrypt_push,
    load_point,
)
from tests.notifications.push.browser import FakeBrowser

# Appendix A of the RFC.
PLAINTEXT = b"When I grow up, I want to be a watermelon"
SERVER_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
BROWSER_KEY = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
PUBLIC_KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def load_key(encoded: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(decode_base64url(encoded), "big"), ec.SECP256R1())


def test_the_example_of_the_rfc_comes_out_byte_by_byte() -> None:
    body = encrypt_push(
        PLAINTEXT,
        public_key=decode_base64url(PUBLIC_KEY),
        auth=decode_base64url(AUTH),
        salt=decode_base64url(SALT),
        own_key=load_key(SERVER_KEY),
    )

    assert encode_base64url(body) == BODY


def test_the_browser_of_the_tests_reads_the_example_of_the_rfc() -> None:
    browser = FakeBrowser(key=load_key(BROWSER_KEY), auth=decode_base64url(AUTH))

    assert encode_base64url(browser.public_key) == PUBLIC_KEY
    assert browser.decrypt(decode_base64url(BODY)) == PLAINTEXT


def test_no_two_pushes_look_alike_and_the_browser_reads_both() -> None:
    browser = FakeBrowser()

    bodies = [encrypt_push(PLAINTEXT, public_key=browser.public_key, auth=browser.auth) for _ in range(2)]

    assert bodies[0] != bodies[1]
    assert [browser.decrypt(body) for body in bodies] == [PLAINTEXT] * 2


def test_the_largest_push_fits_what_services_take() -> None:
    browser = FakeBrowser()

    body = encrypt_push(b"x" * MAX_PLAINTEXT, public_key=browser.public_key, auth=browser.auth)

    assert len(body) <= 4096
    assert browser.decrypt(body) == b"x" * MAX_PLAINTEXT
    with pytest.raises(ValueError, match="holds 3072 bytes"):
        encrypt_push(b"x" * (MAX_PLAINTEXT + 1), public_key=browser.public_key, auth=browser.auth)


@pytest.mark.parametrize("point", [b"", b"\x04" + bytes(64), b"\x02" + bytes(32), b"\x04" + b"\xff" * 64])
def test_what_is_no_point_of_the_curve_is_refused(point: bytes) -> None:
    with pytest.raises(ValueError):
        load_point(point)


def test_points_are_written_as_they_are_read() -> None:
    assert encode_point(load_point(decode_base64url(PUBLIC_KEY))) == decode_base64url(PUBLIC_KEY)
