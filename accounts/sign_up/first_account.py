"""Make the first account of an empty server its system administrator."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType

from accounts.models import User


def is_empty() -> bool:
    """Tell whether nobody has an account here yet, agents aside."""
    return not User.objects.filter(kind=User.Kind.HUMAN).exists()


def promote_first_account(user: User) -> bool:
    """Make a user who is about to be stored the system administrator if they are the first; tell whether it was so.

    It runs in the transaction that stores them. On an empty server sign-ups wait for each other here, so that of two at
    once only one is the first.
    """
    if not is_empty():
        return False
    # A row that is always there: locking the table itself would take SQL of one database.
    ContentType.objects.select_for_update(no_key=True).get(app_label="accounts", model="user")
    if not is_empty():
        return False
    user.role, user.is_staff, user.is_superuser = User.Role.ADMIN, True, True
    return True
