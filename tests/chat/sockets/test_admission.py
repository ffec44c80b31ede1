"""Which credentials count at the door."""

import pytest

from chat.admission import Credentials, credentials

OURS = "https://atrium.example"


@pytest.mark.parametrize(
    ("origin", "counts"),
    [
        (OURS, True),
        ("https://evil.example", False),
        ("https://atrium.example.evil.example", False),
        ("https://atrium.example@evil.example", False),
        ("null", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_a_cookie_counts_only_from_our_own_pages(settings, origin, counts):
    cookie = f"{settings.SESSION_COOKIE_NAME}=key".encode()
    headers = [(b"host", b"atrium.example"), (b"origin", origin.encode()), (b"cookie", cookie)]

    assert credentials({"headers": headers}) == Credentials(session_key="key" if counts else "")
