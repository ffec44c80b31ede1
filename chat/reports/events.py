"""Tell administrators how many reports wait for them."""

from __future__ import annotations

from accounts.models import Membership, Organisation
from accounts.topics import user_topic
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event


def reports_counted(organisation: Organisation) -> None:
    """Tell the administrators of an organisation, and nobody else, how many of its reports are open."""
    admins = Membership.objects.filter(organisation=organisation, role__in=Membership.ADMIN_ROLES)
    payload = encode_frame("reports.counted", organisation=organisation.pk, open_reports=organisation.open_reports)
    publisher.publish([Event(user_topic(user_id), payload) for user_id in admins.values_list("user", flat=True)])
