"""Whether an e-mail address is somebody's: proved by the link that is mailed to it, also before it replaces another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from allauth.account.models import EmailAddress, get_emailconfirmation_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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
    """Mail the link again, to the new address that was asked for or else to the own; nothing when neither waits.

    Returns the address.
    """
    if actor.email_verified_at is None:
        _ensure_address(actor)
    address = unconfirmed_address_of(actor)
    if address is None:
        return ""
    _mail_link(address, actor, origin)
    return str(address.email)


def change_address(*, actor: User, email: str, current_password: str, origin: str) -> None:
    """Ask for another address. It replaces the present one once the link that is mailed to it has been followed."""
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
    """The present address stays; links to another one are dead."""
    record_updated(actor, actor, new_email=(_delete_new_address(actor), None))


@contextmanager
def record_confirmation(user_id: UUID) -> Iterator[None]:
    """Around what confirms an address, in one transaction: write down what it has changed of its owner."""
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
    """Whoever resets the password reads the mail of the address. Who only asked for another one does no longer.

    The first proof ends personal tokens and connections too: until then it may have been a stranger who signed up with
    the address.
    """
    changes: dict[str, Change] = {"new_email": (_delete_new_address(user), None)}
    proved = User.objects.filter(pk=user.pk, email_verified_at=None).update(email_verified_at=timezone.now())
    if proved:
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
    """Tell whoever reads the mail of the former address, in case they know nothing of the new one."""
    mail_after_commit("email_changed", to=former, origin=origin, user=user, old_email=former, new_email=user.email)


def _delete_new_address(user: User) -> str | None:
    """Which one it was."""
    awaited = EmailAddress.objects.filter(user=user, primary=False)
    email: str | None = awaited.values_list("email", flat=True).first()
    awaited.delete()
    return email


def _ensure_address(user: User) -> None:
    """People whom a command has made have none yet."""
    EmailAddress.objects.get_or_create(
        user=user,
        email=user.email,
        defaults={"primary": True, "verified": user.email_verified_at is not None},
    )


def _mail_link(address: EmailAddress, user: User, origin: str) -> None:
    key = get_emailconfirmation_model().create(address).key
    link = f"{origin.rstrip('/')}{reverse('account_confirm_email', args=[key])}"
    mail_after_commit("email_confirmation", to=address.email, origin=origin, user=user, link=link)
