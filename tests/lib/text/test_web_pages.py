from __future__ import annotations

import pytest

from lib.text.web_pages import MAX_DESCRIPTION, MAX_TITLE, read_page

HTML = "text/html; charset=utf-8"


def _read_title(html: str | bytes, type: str = HTML) -> str:
    return read_page(html.encode() if isinstance(html, str) else html, type).title


def test_open_graph_goes_before_twitter_and_plain_html() -> None:
    page = read_page(
        b"""<!doctype html><html><head><title>Plain</title>
        <meta name="twitter:title" content="Twitter"><meta property="og:title" content="Graph">
        <meta name="description" content="Words"><meta property='og:site_name' content='Site'>
        <META PROPERTY=og:image CONTENT=/a.png /></head>""",
        HTML,
    )

    assert page == ("Graph", "Words", "Site", "/a.png")


@pytest.mark.parametrize(
    "html",
    [
        "<title>Tides</title>",
        "<title data-x=1>Tides</title>",
        "<TITLE>\n Tides\t</TITLE>",
        "<meta property='og:title' content=''><title>Tides</title>",
        "<!-- <title>No</title> --><title>Tides</title>",
        "<script>'<title>No</title>'</script><title>Tides</title>",
        "<svg><title>No</title></svg><title>Tides</title>",
        "<noscript><title>No</title></noscript><title>Tides</title>",
        "<title>Tides</title><title>No</title>",
        "<meta content=Tides property=og:title>",
        "<meta property=og:title content='Tides' content='No'>",
        "<meta name='og:title' content='Tides'>",
        "<metal content=No property=og:title><title>Tides</title>",
        "<title>T&#105;d&#x65;s</title>",
        "<title>\u202eTides\u202c</title>",
    ],
)
def test_the_title_is_found(html: str) -> None:
    assert _read_title(html) == "Tides"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<title>",
        "<title></title>",
        "<title>\u200b</title>",
        "<p>Tides</p>",
        "<meta",
        "<meta content=",
        "<!--<title>A",
    ]
    + ["</head><title>Body</title>", "<script><title>A</title>", "<meta property=og:title>", "<meta content='A>"],
)
def test_where_there_is_none_there_is_none(html: str) -> None:
    assert _read_title(html) == ""


@pytest.mark.parametrize(
    ("body", "type"),
    [
        ("größe".encode(), "text/html"),
        ("größe".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("größe".encode("cp1252"), 'text/html; charset="windows-1252"'),
        ("größe".encode("utf-16"), "text/html"),
        (b"\xef\xbb\xbf" + "größe".encode(), "text/html; charset=latin-1"),
        ("größe".encode(), "text/html; charset=rot13"),
        ("größe".encode(), "text/html; charset=no-such"),
    ],
)
def test_a_title_in_any_encoding_is_read(body: bytes, type: str) -> None:
    mark = next((mark for mark in (b"\xef\xbb\xbf", b"\xff\xfe") if body.startswith(mark)), b"")
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "ascii"
    html = mark + "<title>".encode(encoding) + body.removeprefix(mark) + "</title>".encode(encoding)

    assert _read_title(html, type) == "größe"


def test_a_page_declares_its_encoding() -> None:
    assert _read_title("<meta charset=shift_jis><title>日本</title>".encode("shift_jis"), "text/html") == "日本"


def test_what_is_too_long_is_cut() -> None:
    page = read_page(f"<title>{'a' * 9000}</title><meta name=description content='{'b ' * 1500}'>".encode(), HTML)

    assert len(page.title) == MAX_TITLE and page.title.endswith("a…")
    assert len(page.description) <= MAX_DESCRIPTION and page.description.endswith("b…")


def test_markup_is_text() -> None:
    assert _read_title("<title><b>&lt;script&gt;</title>") == "<b><script>"


# What takes parsers minutes. Here all that is repeated is passed once.
@pytest.mark.parametrize(
    "piece", ["<div>", "<", "<!--", "<meta ", "<title>", "<svg><title>", "<meta content='", "&", "<b></p>"]
)
def test_a_megabyte_of_anything_says_nothing(piece: str) -> None:
    assert _read_title((piece * 1_000_000)[: 1024 * 1024]) == ""
