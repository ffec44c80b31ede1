"""Find or create the user who signs in with an account at a provider."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.linked_accounts.services import get_provider
from accounts.models import User
from accounts.sign_up.services import prepare_user, save_with_free_username, store_user
from accounts.social.errors import LoginRefused
from lib.text.email_addresses import clean_address
from lib.text.names import MAX_NAME, clean_name
from lib.web.errors import Taken


def resolve_login(
    *, account: SocialAccount, email: str, is_verified: bool, name: str, invitation: str | None = None
) -> tuple[User, bool]:
    """Return the user who signs in with an account that no user has linked, and whether the user is new.

    With an address that both we and the provider have confirmed, it is the user who has it here; the caller links the
    account once they are signed in. With an address that no user has, it is a new user, with the account linked.
    Raises `LoginRefused` with a reason for all others.
    """
    provider = get_provider(account.provider).name
    try:
        address = clean_address(email)
    except ValidationError as error:
        raise LoginRefused(
            "email_missing",
            _("%(provider)s told us no e-mail address of yours, and we write to people at theirs.")
            % {"provider": provider},
        ) from error
    owner = User.objects.filter(email=address).first()
    if owner is not None:
        _require_verified_address(owner, provider, is_verified)
        return owner, False
    try:
        user = sign_up_by_provider(
            account=account,
            email=address,
            is_verified=is_verified,
            name=_choose_name(name, address),
            invitation=invitation,
        )
    except Taken as error:
        raise LoginRefused("address_taken", _("Somebody has just signed up with this address. Try again.")) from error
    except PermissionDenied as error:
        raise LoginRefused("invitation_needed", str(error)) from error
    except ObjectDoesNotExist as error:
        raise LoginRefused("invitation_needed", _("This invite link has expired. Ask for a new one.")) from error
    return user, True


def _require_verified_address(owner: User, provider: str, is_verified: bool) -> None:
    """Refuse an owner unless both the provider and we have confirmed that the address is theirs.

    Providers may believe any address, and strangers may have signed up here with an address of others.
    """
    details = {"provider": provider, "email": owner.email}
    advice = _("Sign in with your password first, then connect %(provider)s in your settings.") % details
    if not is_verified:
        raise LoginRefused(
            "email_unverified",
            _("There is an account with %(email)s already, and %(provider)s doesn’t say that the address is yours.")
            % details
            + f" {advice}",
        )
    if owner.email_verified_at is None:
        raise LoginRefused(
            "address_taken",
            " ".join(
                (
                    _("There is an account with %(email)s already, and its address has never been confirmed.")
                    % details,
                    advice,
                    _("If you don’t know the password, ask for a new one: the link goes to that address."),
                )
            ),
        )


def _choose_name(name: str, address: str) -> str:
    try:
        return clean_name(name[:MAX_NAME])
    except ValidationError:
        return address.partition("@")[0][:MAX_NAME]


def sign_up_by_provider(
    *, account: SocialAccount, email: str, is_verified: bool, name: str, invitation: str | None = None
) -> User:
    """Create a user without a password who signs in with an account at a provider, linked from the start."""
    user = prepare_user(email=email, password=None, name=name, username=None, invitation=invitation)
    user.email_verified_at = timezone.now() if is_verified else None
    save_with_free_username(user, lambda: store_user(user, invitation, account), with_username=None)
    return user
