from __future__ import annotations

import pytest

from lib.outbound.errors import UrlRefused
from lib.outbound.urls import parse_url, resolve_redirect

REFUSED = [
    *("ftp://example.com/", "file:///etc/passwd", "gopher://example.com/", "javascript:alert(1)", "//example.com/"),
    *("example.com", "", "http://", "http:///path", "http://user@example.com/", "http://user:secret@example.com/"),
    *("http://@example.com/", "http://example.com:port/", "http://example.com:99999/", "http://[::1/"),
    *("http://exa mple.com/", "http://example.com/\r\nHost: other", "http://example.com\\@other/", "http://-a.com/"),
    *("http://[fe80::1%25eth0]/", "http://ex\u2044ample.com/", f"http://example.com/{'a' * 2000}"),
]


@pytest.mark.parametrize("url", REFUSED)
def test_a_url_that_no_link_needs_is_refused(url: str) -> None:
    with pytest.raises(UrlRefused):
        parse_url(url)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://example.com", "http://example.com/"),
        ("HTTPS://Example.COM:443/A?b=%20c#d", "https://example.com/A?b=%20c"),
        ("https://example.com:8443/", "https://example.com:8443/"),
        ("http://bücher.example/größe?ä=ö", "http://xn--bcher-kva.example/gr%C3%B6%C3%9Fe?%C3%A4=%C3%B6"),
        ("http://[2606:4700::1111]:8080/x", "http://[2606:4700::1111]:8080/x"),
        ("http://2130706433/", "http://2130706433/"),
    ],
)
def test_a_url_is_sent_as_servers_want_it(url: str, sent: str) -> None:
    assert parse_url(url).url == sent


def test_a_redirect_is_relative_to_where_it_was_found() -> None:
    target = parse_url("https://example.com/a/b?c")

    assert resolve_redirect(target, "../d").url == "https://example.com/d"
    assert resolve_redirect(target, "//other.example/e").url == "https://other.example/e"
    with pytest.raises(UrlRefused):
        resolve_redirect(target, "file:///etc/passwd")
