"""Compose the mail about what a user has not read: text and HTML that say the same, by the places it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from accounts.languages import choose_language
from accounts.models import User
from lib.web.site import get_site_host, get_site_origin
from notifications.descriptions import Described, describe_rows
from notifications.mail.unsubscribing import build_unsubscribe_path
from notifications.models import Notification, NotificationDefaults
from notifications.places import PlaceName, name_places

# What more there is stands on the page.
MAX_LINES = 30
ALL_NOTIFICATIONS = "/notifications/"


class Line(NamedTuple):
    """A notification in a mail."""

    title: str
    text: str
    url: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Section:
    """The notifications about one place of an organisation."""

    heading: str
    url: str
    lines: list[Line]


Defaults = Mapping[UUID | None, NotificationDefaults]


def compose_unread_mail(
    rows: Sequence[Notification], user: User, zone: ZoneInfo, defaults: Defaults
) -> EmailMultiAlternatives:
    """Return the mail about rows that a user may see and has not read, in their language and time zone.

    Its id and what it refers to are made of ids: repeated, it is the same mail, and mails about a room are a thread.
    """
    with translation.override(choose_language(user, settings.LANGUAGE_CODE)), timezone.override(zone):
        described = describe_rows(rows[:MAX_LINES], user)
        names = name_places({row.place for row in rows if row.place}, user)
        sections = _build_sections(described, names, defaults)
        unsubscribe_url = get_site_origin() + build_unsubscribe_path(user.pk)
        context = {
            "user": user,
            "sections": sections,
            "count": sum(row.count for row in rows),
            "more": len(rows) - len(described),
            "all_url": get_site_origin() + ALL_NOTIFICATIONS,
            "settings_url": get_site_origin() + reverse("notifications:settings"),
            "unsubscribe_url": unsubscribe_url,
            "site": get_site_host(),
        }
        subject = _build_subject(rows, sections)
        text = render_to_string("notifications/email/unread.txt", context)
        html = render_to_string("notifications/email/unread.html", context)
    mail = EmailMultiAlternatives(
        subject=subject,
        body=re.sub(r"\n{3,}", "\n\n", text).strip() + "\n",
        to=[user.email or ""],
        headers=_build_headers(rows, unsubscribe_url),
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _build_sections(
    described: Iterable[Described], names: Mapping[UUID, PlaceName], defaults: Defaults
) -> list[Section]:
    """Group what is told by place, in the order of the first of each."""
    sections: dict[UUID | None, Section] = {}
    for row, _kind, description in ((each.row, each.kind, each.description) for each in described):
        place = names.get(row.place) if row.place else None
        section = sections.setdefault(row.place if place else None, _begin_section(row, place))
        suggested = defaults.get(row.organisation_id)
        text = description.text if suggested is None or suggested.mail_content else ""
        url = get_site_origin() + (description.url or row.url or ALL_NOTIFICATIONS)
        section.lines.append(Line(description.title, text, url, row.updated_at))
    return list(sections.values())


def _begin_section(row: Notification, place: PlaceName | None) -> Section:
    if place is None:
        return Section("", "", [])
    heading = f"{place.name} ({row.organisation.name})" if row.organisation else place.name
    return Section(heading, get_site_origin() + place.url, [])


def _build_subject(rows: Sequence[Notification], sections: Sequence[Section]) -> str:
    """Return the subject, in one line: of one place its name, so that mail programs keep the thread together."""
    if len(sections) == 1 and sections[0].heading:
        subject = sections[0].heading
    elif len(rows) == 1:
        subject = sections[0].lines[0].title
    else:
        count = sum(row.count for row in rows)
        subject = ngettext("%(count)s unread notification", "%(count)s unread notifications", count) % {"count": count}
    return " ".join(subject.split()) or gettext("Unread in Atrium")


def _build_headers(rows: Sequence[Notification], unsubscribe_url: str) -> dict[str, str]:
    host = get_site_host()
    references = _list_references(rows, host)
    headers = {
        "Message-ID": f"<notification.{rows[-1].activity_id.hex}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "X-Auto-Response-Suppress": "All",
        "List-Id": f"<notifications.{host}>",
        "List-Unsubscribe": f"<{unsubscribe_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return headers | ({"References": " ".join(references), "In-Reply-To": references[-1]} if references else {})


def _list_references(rows: Sequence[Notification], host: str) -> list[str]:
    """Return the ids of the thread that a mail is in: a room's, and that of a thread in it. None for several rooms."""
    places, threads = ({getattr(row, name) for row in rows} for name in ("place", "thread"))
    if len(places) != 1 or None in places:
        return []
    room = f"<room.{places.pop().hex}@{host}>"
    thread = threads.pop() if len(threads) == 1 else None
    return [room, f"<thread.{thread.hex}@{host}>"] if thread else [room]
