"""Confirm and change e-mail addresses, by links that are mailed to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.allauth_internals import get_emailconfirmation_model
from accounts.audit.services import Change, record_updated
from accounts.email_addresses.queries import unconfirmed_address_of
from accounts.linked_accounts.queries import social_accounts_of
from accounts.linked_accounts.services import describe_account
from accounts.mail import mail_after_commit
from accounts.models import TokenFamily, User
from accounts.passwords.services import require_password
from accounts.tokens.services.issue import end_families
from lib.text.email_addresses import clean_address
from lib.web.errors import Taken


def send_verification(*, actor: User, origin: str) -> str:
    """Mail the link again, to the new address that was asked for, else to the present one; return that address.

    An empty string where both are confirmed.
    """
    if actor.email_verified_at is None:
        _ensure_address(actor)
    address = unconfirmed_address_of(actor)
    if address is None:
        return ""
    _mail_link(address, actor, origin)
    return str(address.email)


def change_address(*, actor: User, email: str, current_password: str, origin: str) -> None:
    """Ask for another address. It replaces the present one once the link that is mailed to it has been followed.

    Raises `Taken` for the address of another user.
    """
    require_password(actor, current_password)
    email = clean_address(email)
    User(email=email).clean_fields(exclude={field.name for field in User._meta.fields} - {"email"})
    if email == actor.email:
        raise ValidationError({"email": _("This is your address already.")})
    if User.objects.filter(email=email).exists():
        raise Taken("email", _("There is an account with this address already."))
    with transaction.atomic():
        _ensure_address(actor)
        record_updated(actor, actor, new_email=(_delete_new_address(actor), email))
        _mail_link(EmailAddress.objects.create(user=actor, email=email), actor, origin)


@transaction.atomic
def cancel_address_change(*, actor: User) -> None:
    """Keep the present address; links that were mailed to a new one are dead."""
    record_updated(actor, actor, new_email=(_delete_new_address(actor), None))


@contextmanager
def record_confirmation(user_id: UUID) -> Iterator[None]:
    """Write an audit entry for what the block, which confirms an address, changes of its user; in one transaction."""
    with transaction.atomic():
        former: User = User.objects.select_for_update(no_key=True).get(pk=user_id)
        yield
        user = User.objects.get(pk=user_id)
        record_updated(
            user,
            user,
            email=(former.email, user.email),
            email_verified_at=(former.email_verified_at, user.email_verified_at),
        )


@transaction.atomic
def confirm_address_by_reset(user: User) -> None:
    """Confirm the address of a user who has reset the password by a link mailed there, and end any change of it.

    The first confirmation ends personal tokens and linked accounts too: until then it may have been a stranger who
    signed up with the address.
    """
    changes: dict[str, Change] = {"new_email": (_delete_new_address(user), None)}
    is_first = User.objects.filter(pk=user.pk, email_verified_at=None).update(email_verified_at=timezone.now())
    if is_first:
        for address in EmailAddress.objects.filter(user=user, email=user.email):
            address.set_verified()
        for account in social_accounts_of(user):
            record_updated(user, user, connections=(describe_account(account), None))
            account.delete()
        families = TokenFamily.objects.live().filter(user=user).values_list("pk", flat=True)
        changes["tokens"] = (end_families(family_ids=list(families)), 0)
        user.refresh_from_db(fields=["email_verified_at"])
        changes["email_verified_at"] = (None, user.email_verified_at)
    record_updated(user, user, organisation=None, **changes)


def notify_former_address(user: User, *, former: str, origin: str) -> None:
    """Mail the former address that there is another one, in case its reader did not ask for it."""
    mail_after_commit("email_changed", to=former, origin=origin, user=user, old_email=former, new_email=user.email)


def _delete_new_address(user: User) -> str | None:
    """Delete the new address that was asked for; return it."""
    unconfirmed = EmailAddress.objects.filter(user=user, primary=False)
    email: str | None = unconfirmed.values_list("email", flat=True).first()
    unconfirmed.delete()
    return email


def _ensure_address(user: User) -> None:
    """Create the row of the present address, which users made by a command lack."""
    EmailAddress.objects.get_or_create(
        user=user,
        email=user.email,
        defaults={"primary": True, "verified": user.email_verified_at is not None},
    )


def _mail_link(address: EmailAddress, user: User, origin: str) -> None:
    key = get_emailconfirmation_model().create(address).key
    link = f"{origin.rstrip('/')}{reverse('account_confirm_email', args=[key])}"
    mail_after_commit("email_confirmation", to=address.email, origin=origin, user=user, link=link)
