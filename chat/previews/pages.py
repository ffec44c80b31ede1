"""Ask the server of a page what it is about: one request, and another for its picture."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.core.exceptions import ValidationError

from lib.images import Picture, fit_picture
from lib.outbound.client import Answer, send_request
from lib.outbound.errors import OutboundError
from lib.text.web_pages import MAX_NAME, WebPage, read_page
from lib.web.errors import TooLarge, UnsupportedType

logger = logging.getLogger(__name__)

# Pixels: twice what a card shows.
MAX_SIDE = 480
# Smaller ones are icons, and dots that count readers.
MIN_SIDE = 40
PAGES = ("text/html", "application/xhtml+xml")


class FetchedPage(NamedTuple):
    """What a page says about itself, with its picture where it has a usable one."""

    page: WebPage
    picture: Picture | None


def fetch_page(url: str) -> FetchedPage | None:
    """Return what a page is about, or None for one that can't be asked or has no title. Takes at most 10 seconds."""
    answer = _ask_server(url, "text/html,application/xhtml+xml;q=0.9")
    if answer is None or _get_type(answer) not in PAGES:
        return None
    page = read_page(answer.body, answer.headers.get("content-type", ""))
    if not page.title:
        return None
    named = page._replace(site_name=page.site_name or (urlsplit(answer.url).hostname or "").removeprefix("www."))
    return FetchedPage(
        named._replace(site_name=named.site_name[:MAX_NAME]),
        _fetch_picture(answer.url, page.image) if page.image else None,
    )


def _fetch_picture(page_url: str, image_url: str) -> Picture | None:
    try:
        answer = _ask_server(urljoin(page_url, image_url), "image/webp,image/png,image/jpeg,image/gif")
        if answer is None or not answer.is_complete:
            return None
        picture = fit_picture(BytesIO(answer.body), MAX_SIDE)
    except (ValueError, ValidationError, TooLarge, UnsupportedType):
        return None
    return picture if min(picture.width, picture.height) >= MIN_SIDE else None


def _ask_server(url: str, accept: str) -> Answer | None:
    """Return a good answer, or None. Why there is none is no fault of ours, and so only of interest to developers."""
    try:
        answer = send_request(url, headers={"Accept": accept, "Accept-Language": "en"})
    except OutboundError as error:
        logger.debug("No preview: %s", error)
        return None
    return answer if answer.status == 200 else None


def _get_type(answer: Answer) -> str:
    return answer.headers.get("content-type", "").partition(";")[0].strip().lower()
