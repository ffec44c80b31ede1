"""List groups of users."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from chat.models import UserGroup
from chat.models.groups import UserGroupQuerySet


def groups_in(own: Membership) -> UserGroupQuerySet:
    """Return the groups of the organisation of a membership, with their counts. Raise PermissionDenied for a guest."""
    if own.is_guest:
        raise PermissionDenied(_("Guests can't see groups."))
    groups: UserGroupQuerySet = UserGroup.objects.filter(organisation=own.organisation).with_counts()
    return groups
