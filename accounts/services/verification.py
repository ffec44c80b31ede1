"""Whether an e-mail address is somebody's: proved by the link that is mailed to it, also before it replaces another."""

from __future__ import annotations

from allauth.account.models import EmailAddress, get_emailconfirmation_model
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.errors import Taken
from accounts.mails import mail_after_commit
from accounts.models import TokenFamily, User
from accounts.selectors import awaited_address_of
from accounts.services.addresses import clean_address
from accounts.services.tokens import end_families


def send_verification(*, actor: User, origin: str) -> str:
    """Mail the link again, to the new address that was asked for or else to the own; nothing when neither waits.

    Returns the address.
    """
    if actor.email_verified_at is None:
        _ensure_address(actor)
    address = awaited_address_of(actor)
    if address is None:
        return ""
    _mail_link(address, actor, origin)
    return str(address.email)


def change_address(*, actor: User, email: str, current_password: str, origin: str) -> None:
    """Ask for another address. It replaces the present one once the link that is mailed to it has been followed."""
    if not check_password(current_password, actor.password):
        raise ValidationError({"current_password": "This is not your password."})
    email = clean_address(email)
    User(email=email).clean_fields(exclude={field.name for field in User._meta.fields} - {"email"})
    if email == actor.email:
        raise ValidationError({"email": "This is your address already."})
    if User.objects.filter(email=email).exists():
        raise Taken("email", "There is an account with this address already.")
    with transaction.atomic():
        _ensure_address(actor)
        forget_new_address(actor=actor)
        _mail_link(EmailAddress.objects.create(user=actor, email=email), actor, origin)


def forget_new_address(*, actor: User) -> None:
    """The present address stays; links to another one are dead."""
    EmailAddress.objects.filter(user=actor, primary=False).delete()


@transaction.atomic
def prove_address_by_reset(user: User) -> None:
    """Whoever resets the password reads the mail of the address. Who only asked for another one does no longer.

    The first proof ends personal tokens too: until then it may have been a stranger who signed up with the address.
    """
    forget_new_address(actor=user)
    proved = User.objects.filter(pk=user.pk, email_verified_at=None).update(email_verified_at=timezone.now())
    if proved:
        for address in EmailAddress.objects.filter(user=user, email=user.email):
            address.set_verified()
        end_families(family_ids=list(TokenFamily.objects.live().filter(user=user).values_list("pk", flat=True)))
        user.refresh_from_db(fields=["email_verified_at"])


def tell_former_address(user: User, *, former: str, origin: str) -> None:
    """Tell whoever reads the mail of the former address, in case they know nothing of the new one."""
    mail_after_commit("email_changed", to=former, origin=origin, user=user, old_email=former, new_email=user.email)


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
