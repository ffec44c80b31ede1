"""Export members of an organisation as CSV."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.models.organisations import MembershipQuerySet
from lib.web.csv_export import Columns, stream_csv

MEMBER_COLUMNS: Columns = {
    "Id": lambda member: member.user_id,
    "Name": lambda member: member.user.name,
    "Username": lambda member: member.user.username,
    "E-mail": lambda member: member.user.email,
    "Kind": lambda member: member.user.kind,
    "Role": lambda member: member.role,
    "Active": lambda member: member.user.is_active,
    "2FA": lambda member: member.user.second_factor_at is not None,
    "Last seen": lambda member: member.user.seen_at,
    "Member since": lambda member: member.created_at,
}


def export_members(own: Membership, members: MembershipQuerySet) -> StreamingHttpResponse:
    """Stream members as a CSV file. For owners and administrators, who alone see e-mail addresses."""
    if not own.is_admin:
        raise PermissionDenied(_("Only owners and administrators may do this."))
    return stream_csv(members, MEMBER_COLUMNS, name=f"{own.organisation.slug}-members")
