"""REST: the address of one's tasks for calendars, and what calendars read there."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router, Status
from pydantic import BaseModel, Field

from accounts.requests import ApiRequest, forbid_storing
from lib.web.openapi import MOMENT, show_example
from lib.web.schemas import Timestamp, Token
from lib.web.site import get_site_origin
from tasks.feeds.calendar import build_calendar
from tasks.feeds.services import open_feed, read_feed, revoke_feed
from tasks.models import CalendarFeed

router = Router(tags=["me"])

FEED: dict[str, Any] = {"created_at": MOMENT, "last_read_at": None}
KEY = "Vb3k2mC0Zq8uH1yTz5RrWw9sX4nLdJpE7gFaQoKiMhU"
OPENED = {"key": KEY, "url": f"https://atrium.example/api/v1/me/tasks.ics?key={KEY}"}
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Atrium//Tasks//EN\r\nBEGIN:VEVENT\r\nSUMMARY:ATR-12 Mend the light"
    "\r\nDTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260303\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


class CalendarFeedOut(BaseModel):
    """Whether calendars can read your tasks."""

    created_at: Timestamp | None = Field(description="Null: there is no address.")
    last_read_at: Timestamp | None


class OpenedFeedOut(BaseModel):
    """A new address, which is shown this once."""

    key: str
    url: str


@router.get("/me/calendar-feed", response=CalendarFeedOut, openapi_extra=show_example(FEED))
def get_calendar_feed(request: ApiRequest) -> CalendarFeedOut:
    """Tell whether there is an address at which calendars read your tasks."""
    feed = CalendarFeed.objects.filter(user=request.auth).first()
    return CalendarFeedOut.model_construct(
        created_at=feed.created_at if feed else None, last_read_at=feed.last_read_at if feed else None
    )


@router.post("/me/calendar-feed", response={201: OpenedFeedOut}, openapi_extra=show_example(OPENED, status=201))
def open_calendar_feed(request: ApiRequest, response: HttpResponse) -> Status[OpenedFeedOut]:
    """Make an address at which calendars read your tasks, shown this once. The one before stops working."""
    forbid_storing(response)
    key = open_feed(actor=request.auth)
    return Status(201, OpenedFeedOut(key=key, url=f"{get_site_origin()}{reverse('api:read_calendar')}?key={key}"))


@router.delete("/me/calendar-feed", response={204: None})
def revoke_calendar_feed(request: ApiRequest) -> Status[None]:
    """Revoke the address at which calendars read your tasks."""
    revoke_feed(actor=request.auth)
    return Status(204, None)


@router.get("/me/tasks.ics", auth=None, url_name="read_calendar")
def read_calendar(request: HttpRequest, key: Token, tasks: bool = False) -> HttpResponse:
    """Return the tasks that the user of a key is to do as an iCalendar file: those that are due on a day.

    They are events; with `tasks=true` they are tasks (VTODO) too. No sign-in is asked for: the key is enough.
    """
    body = build_calendar(user=read_feed(key=key), with_todos=tasks)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"Cache-Control": "private, no-cache", "ETag": etag}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
    response["Content-Disposition"] = 'inline; filename="atrium-tasks.ics"'
    return response
