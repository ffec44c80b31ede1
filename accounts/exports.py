"""Lists as CSV for spreadsheets: streamed in pieces, and harmless when opened."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from io import StringIO
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.models.organisations import MembershipQuerySet
from accounts.models.users import UserQuerySet
from accounts.schemas import to_timestamp

PIECE = 1000
# By it Excel knows UTF-8.
BOM = "\ufeff"
# A cell that begins with one of these is run as a formula; in their wide form too.
FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
BREAKS = frozenset("\t\r\n")
QUOTES = "\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb"

Columns = dict[str, Callable[[Any], object]]
USERS: Columns = {
    "Id": lambda user: user.pk,
    "Name": lambda user: user.name,
    "Username": lambda user: user.username,
    "E-mail": lambda user: user.email,
    "E-mail confirmed": lambda user: user.email_verified_at is not None,
    "Kind": lambda user: user.kind,
    "Role": lambda user: user.role,
    "Active": lambda user: user.is_active,
    "Second factor": lambda user: user.second_factor_at is not None,
    "Organisations": lambda user: user.organisation_count,
    "Last sign-in": lambda user: user.last_login,
    "Last seen": lambda user: user.seen_at,
    "Since": lambda user: user.created_at,
}
MEMBERS: Columns = {
    "Id": lambda member: member.user_id,
    "Name": lambda member: member.user.name,
    "Username": lambda member: member.user.username,
    "E-mail": lambda member: member.user.email,
    "Kind": lambda member: member.user.kind,
    "Role": lambda member: member.role,
    "Active": lambda member: member.user.is_active,
    "Second factor": lambda member: member.user.second_factor_at is not None,
    "Last seen": lambda member: member.user.seen_at,
    "Member since": lambda member: member.created_at,
}


def csv_of_users(users: UserQuerySet) -> StreamingHttpResponse:
    """Accounts from `selectors.managed_users`."""
    return stream_csv(users, USERS, name="users")


def csv_of_members(own: Membership, members: MembershipQuerySet) -> StreamingHttpResponse:
    """Members from `selectors.members_seen_by`, for who administers the organisation."""
    if not own.is_admin:
        raise PermissionDenied(_("Only owners and administrators may do this."))
    return stream_csv(members, MEMBERS, name=f"{own.organisation.slug}-members")


def stream_csv(rows: QuerySet[Any], columns: Columns, *, name: str) -> StreamingHttpResponse:
    """All `rows` in the order of their ids. Each piece is a query of its own: memory stays small however many they
    are, and no transaction stays open while a slow reader reads.
    """
    response = StreamingHttpResponse(_pieces(rows, columns), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.now():%Y-%m-%d}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def harmless(value: object) -> str:
    """What a cell says. Text that a spreadsheet would run gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return to_timestamp(value)
    text = str(value)
    begins = text.lstrip(f"{BOM}{QUOTES} \u200b\u00a0\u3000")
    return f"'{text}" if text[:1] in BREAKS or begins[:1] in FORMULA or begins[:1] in BREAKS else text


def _pieces(rows: QuerySet[Any], columns: Columns) -> Iterator[bytes]:
    yield (BOM + _lines([list(columns)])).encode()
    rows = rows.order_by("pk")
    piece = list(rows[:PIECE])
    while piece:
        yield _lines([[tell(row) for tell in columns.values()] for row in piece]).encode()
        piece = list(rows.filter(pk__gt=piece[-1].pk)[:PIECE])


def _lines(cells: Iterable[Iterable[object]]) -> str:
    lines = StringIO()
    csv.writer(lines, quoting=csv.QUOTE_ALL).writerows([harmless(cell) for cell in line] for line in cells)
    return lines.getvalue()
