"""Find a file that a user sees."""

from __future__ import annotations

from uuid import UUID

from accounts.models import User
from assets.models import Asset


def get_visible_asset(*, user: User, asset_id: UUID) -> Asset:
    """Return a file with all that is shown of it. Raise Asset.DoesNotExist where the user may not see it."""
    asset: Asset = Asset.objects.visible_to(user).for_listing().get(pk=asset_id)
    return asset
