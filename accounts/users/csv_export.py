"""Export users as CSV."""

from __future__ import annotations

from django.http import StreamingHttpResponse

from accounts.models.users import UserQuerySet
from lib.web.csv_export import Columns, stream_csv

USER_COLUMNS: Columns = {
    "Id": lambda user: user.pk,
    "Name": lambda user: user.name,
    "Username": lambda user: user.username,
    "E-mail": lambda user: user.email,
    "E-mail confirmed": lambda user: user.email_verified_at is not None,
    "Kind": lambda user: user.kind,
    "Role": lambda user: user.role,
    "Active": lambda user: user.is_active,
    "2FA": lambda user: user.second_factor_at is not None,
    "Organisations": lambda user: user.organisation_count,
    "Last sign-in": lambda user: user.last_login,
    "Last seen": lambda user: user.seen_at,
    "Since": lambda user: user.created_at,
}


def export_users(users: UserQuerySet) -> StreamingHttpResponse:
    """Stream users from `queries.managed_users` as a CSV file."""
    return stream_csv(users, USER_COLUMNS, name="users")
