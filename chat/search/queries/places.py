"""Find the rooms and users whose names have what is searched for, to be shown above messages."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from accounts.models import Membership, User
from accounts.organisations.queries import members_visible_to
from chat.models import Room, RoomMember
from chat.search.filters import FILTERS
from chat.search.language import parse_query

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Places:
    """A few rooms and users."""

    rooms: list[Room]
    users: list[User]


def search_places(*, own: Membership, q: str) -> Places:
    """Return a few rooms and users of an organisation that a member can see, by name. Two queries.

    None for a query with filters or exclusions, which only messages can fulfil.
    """
    query = parse_query(q, FILTERS)
    if query.filters or not query.terms or query.wanted != list(query.terms):
        return Places([], [])
    text = q.strip().replace('"', "")
    is_joined = Exists(RoomMember.objects.filter(room=OuterRef("pk"), user=own.user_id))
    rooms = (
        Room.objects.visible_to(own.user)
        .filter(organisation=own.organisation, archived_at=None)
        .exclude(kind=Room.Kind.DIRECT)
        .filter(Q(folded_name__contains_folded=text.removeprefix("#")) | Q(folded_topic__contains_folded=text))
        .annotate(joined=is_joined)
        .order_by("-joined", "folded_name", "pk")
    )
    members = members_visible_to(own).filter(user__is_active=True).matching(text, by_email=False).with_user().by_name()
    return Places(list(rooms[:SHOWN]), [member.user for member in members[:SHOWN]])
