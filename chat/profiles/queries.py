"""Load what a member's profile card shows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext

from accounts.models import Membership, User
from accounts.organisations.queries import members_visible_to


@dataclass(frozen=True, slots=True)
class ProfileCard:
    """A member of an organisation as another one sees them."""

    membership: Membership
    is_own: bool

    @property
    def user(self) -> User:
        user: User = self.membership.user
        return user

    @property
    def clock(self) -> str:
        """Return the time of day where the user is. Empty where their browser alone knows their time zone."""
        zone = self.user.time_zone
        return time_format(timezone.now().astimezone(ZoneInfo(zone)), gettext("H:i")) if zone else ""

    @property
    def can_be_written_to(self) -> bool:
        return self.user.is_active and not self.is_own


def profile_card(*, own: Membership, user_id: UUID) -> ProfileCard:
    """Return the card of a member. One query.

    Raise Membership.DoesNotExist for users of other organisations, and where a guest shares no room with them.
    """
    membership = members_visible_to(own).select_related("user").get(user=user_id)
    return ProfileCard(membership=membership, is_own=user_id == own.user_id)
