"""Change how a user has arranged their sidebar."""

from __future__ import annotations

from accounts.models import User
from accounts.profiles.services.profile import update_profile
from chat.sidebar.schemas import FOLDED, UNREAD_ONLY


def arrange_sidebar(*, actor: User, fold: str = "", unfold: str = "", unread_only: bool | None = None) -> User:
    """Fold or unfold a section of the actor's sidebar, or leave out rooms in which nothing is new.

    It is kept in their metadata, for all their devices.
    """
    changes: dict[str, bool | None] = {}
    if fold:
        changes[FOLDED + fold] = True
    if unfold:
        changes[FOLDED + unfold] = None
    if unread_only is not None:
        changes[UNREAD_ONLY] = unread_only or None
    return update_profile(actor=actor, metadata=changes)
