"""Keep presences in the database, where other processes and new pages read them.

A row is a lease: the process that has the sockets renews it, and where it does not, another process ends it and tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from accounts.models import Membership, User
from accounts.models.users import PRESENCE_FRESHNESS
from chat.topics import commons_topic, person_topic

# Two renewals may be late. It is less than `PRESENCE_FRESHNESS`: the users are told before pages read it from the row.
LEASE = timedelta(seconds=24)
MAX_LAPSED = 1000


def save_presences(states: Mapping[UUID, str]) -> None:
    """Save presences and renew their leases, one statement per state."""
    by_state: defaultdict[str, list[UUID]] = defaultdict(list)
    for user_id, state in states.items():
        by_state[state].append(user_id)
    now = timezone.now()
    for state, user_ids in by_state.items():
        User.objects.filter(pk__in=user_ids).update(presence=state, seen_at=now)


def release_presences(user_ids: Collection[UUID]) -> None:
    """End the leases of users whose process stops: they read as offline, and are announced unless they come back."""
    rows = User.objects.filter(pk__in=user_ids).exclude(presence=User.Presence.OFFLINE)
    rows.update(seen_at=timezone.now() - PRESENCE_FRESHNESS)


def end_lapsed_presences(*, here: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """Save users as offline whose lease has lapsed, but for those with sockets `here`; return who hears of each.

    Three queries where there are any, else one.
    """
    lapsed = User.objects.filter(seen_at__lt=timezone.now() - LEASE).exclude(presence=User.Presence.OFFLINE)
    user_ids = set(lapsed.values_list("pk", flat=True)[:MAX_LAPSED]) - set(here)
    if not user_ids:
        return {}
    lapsed.filter(pk__in=user_ids).update(presence=User.Presence.OFFLINE)
    topics: dict[UUID, set[str]] = {user_id: {person_topic(user_id)} for user_id in user_ids}
    for user_id, organisation_id in Membership.objects.filter(user__in=user_ids).values_list("user", "organisation"):
        topics[user_id].add(commons_topic(organisation_id))
    return {user_id: frozenset(heard) for user_id, heard in topics.items()}
