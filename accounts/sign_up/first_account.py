"""Make the first account of a new server its system administrator.

Where addresses have to be confirmed before the first sign-in, that is the first one that is confirmed: a mistyped
address, which nobody can confirm, doesn't close the door to the next user.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q

from accounts.audit.services import record_updated
from accounts.models import User
from accounts.models.users import UserQuerySet


def is_empty() -> bool:
    """Tell whether nobody has an account here yet, agents aside."""
    return not User.objects.filter(kind=User.Kind.HUMAN).exists()


def is_new() -> bool:
    """Tell whether nobody has an account here yet that they can have signed in to."""
    return not _find_settled().exists()


def promote_first_account(user: User) -> bool:
    """Make a user who is about to be stored the system administrator if they are the first; tell whether it was so.

    On a new server where their address has yet to be confirmed it is true of them too, and they are no administrator
    before `promote_first_confirmed`. It runs in the transaction that stores them. On a new server sign-ups wait for
    each other here, so that of two at once only one is the first.
    """
    if not is_new():
        return False
    _wait_for_others()
    if not is_new():
        return False
    if not must_confirm() or user.email_verified_at is not None:
        user.role, user.is_staff, user.is_superuser = User.Role.ADMIN, True, True
    return True


@transaction.atomic
def promote_first_confirmed(user: User) -> None:
    """Make a user whose address has just been confirmed the system administrator if no other user was before."""
    if not must_confirm() or _find_settled().exclude(pk=user.pk).exists():
        return
    _wait_for_others()
    if user.role == User.Role.ADMIN or _find_settled().exclude(pk=user.pk).exists():
        return
    former, user.role, user.is_staff, user.is_superuser = user.role, User.Role.ADMIN, True, True
    user.save(update_fields=["role", "is_staff", "is_superuser", "updated_at"])
    record_updated(user, user, organisation=None, role=(former, user.role))


def must_confirm() -> bool:
    """Tell whether addresses have to be confirmed before the first sign-in."""
    return bool(settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory")


def _find_settled() -> UserQuerySet:
    """Return the humans who can have signed in, and administrators, whom a command may have created."""
    humans: UserQuerySet = User.objects.filter(kind=User.Kind.HUMAN)
    if not must_confirm():
        return humans
    return humans.filter(
        Q(email_verified_at__isnull=False) | Q(last_login__isnull=False) | Q(role=User.Role.ADMIN) | Q(is_staff=True)
    )


def _wait_for_others() -> None:
    """Lock a row that is always there: locking the table itself would take SQL of one database."""
    ContentType.objects.select_for_update(no_key=True).get(app_label="accounts", model="user")
