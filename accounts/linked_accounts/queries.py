"""Find a user's accounts at providers."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet

from accounts.models import User


def social_accounts_of(user: User) -> QuerySet[SocialAccount]:
    """Return the rows of a user's accounts at providers, the first linked first."""
    accounts: QuerySet[SocialAccount] = SocialAccount.objects.filter(user=user).order_by("pk")
    return accounts
