"""People: how they join, how they change their password."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.errors import Taken
from accounts.models import User
from accounts.services.addresses import clean_address
from accounts.services.audit import HIDDEN, record_created, record_updated
from accounts.services.connections import note_connection
from accounts.services.invitations import accept_invitation, read_invitation, require_addressee
from accounts.services.names import ATTEMPTS, clean_name, first_free, handle_from
from accounts.services.password_mail import tell_of_new_password
from accounts.services.passwords import require_password
from accounts.services.sessions import end_other_sessions

USERNAME_TAKEN = _("Somebody has this username already.")


def sign_up(
    *, email: str, password: str, name: str, username: str | None = None, invitation: str | None = None
) -> User:
    """A new person. With an invitation they are a member from the start; where SIGNUP is `invite` they need one."""
    user = _admitted(email=email, password=password, name=name, username=username, invitation=invitation)
    settle(user, lambda: _enter(user, invitation), with_username=username)
    return user


def sign_up_by_provider(
    *, account: SocialAccount, email: str, is_verified: bool, name: str, invitation: str | None = None
) -> User:
    """The same by an account elsewhere, which is connected from the start, and without a password."""
    user = _admitted(email=email, password=None, name=name, username=None, invitation=invitation)
    user.email_verified_at = timezone.now() if is_verified else None
    settle(user, lambda: _enter(user, invitation, account), with_username=None)
    return user


def newcomer(*, email: str, name: str, username: str | None = None) -> User:
    """Somebody new who is good to be stored. Without a username, one is made from the name."""
    user = User(
        email=clean_address(email),
        name=clean_name(name),
        username=(username or suggest_username(name)).strip(),
    )
    user.clean_fields(exclude=["password"])
    return user


def settle(user: User, store: Callable[[], None], *, with_username: str | None) -> None:
    """Store somebody new: under the username they want, else under the first that is free at that moment."""
    for attempt in range(1, ATTEMPTS + 1):
        if not with_username:  # others of this name may have come during the hashing
            user.username = suggest_username(user.name)
        try:
            store()
            break
        except IntegrityError as error:
            if with_username or attempt == ATTEMPTS or User.objects.filter(email=user.email).exists():
                _say_what_is_taken(user, error)
                raise


def pretend_to_sign_up(
    *, email: str, password: str, name: str, username: str | None = None, invitation: str | None = None
) -> User:
    """Refuse and take what signing up does, for an address that has an account: nobody shall see the difference."""
    user = _admitted(email=email, password=password, name=name, username=username, invitation=invitation)
    if User.objects.filter(username__iexact=user.username).exists():
        raise Taken("username", USERNAME_TAKEN)
    user.created_at = timezone.now()
    return user


def hides_account_of(email: str) -> bool:
    """Whether there is an account, which only its owner may learn: nobody comes in before they confirm."""
    if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
        return False
    return bool(User.objects.filter(email=User.objects.normalize_email(email)).exists())


def _admitted(*, email: str, password: str | None, name: str, username: str | None, invitation: str | None) -> User:
    if settings.SIGNUP == "invite" and not invitation:
        raise PermissionDenied(_("Signing up needs an invitation here."))
    user = newcomer(email=email, name=name, username=username)
    if invitation:
        require_addressee(read_invitation(invitation), user)
    if password is not None:
        require_good_password(password, user, field="password")
    # Hashing takes tens of milliseconds: not while holding SQLite's only writer.
    user.password = make_password(password)
    return user


@transaction.atomic
def _enter(user: User, invitation: str | None, account: SocialAccount | None = None) -> None:
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=user.email_verified_at is not None)
    record_created(user, user, name=user.name, username=user.username, email=user.email)
    if account is not None:
        account.user = user
        account.save(force_insert=True)
        note_connection(user, account)
    if invitation:
        accept_invitation(actor=user, token=invitation)


def suggest_username(text: str) -> str:
    """A username that is free now, made from a name or an e-mail address."""
    handle = handle_from(text.partition("@")[0], keep="._", fallback="member")
    return first_free(handle, User.objects.filter(username__startswith=handle[:34]).values_list("username", flat=True))


def change_password(
    *, actor: User, current_password: str, new_password: str, keep_session: UUID | None = None, origin: str = ""
) -> User:
    """A new password for whoever knows the old one; it signs them out everywhere but in `keep_session`.

    Personal tokens go on working.
    """
    require_password(actor, current_password)
    require_good_password(new_password, actor, field="new_password")
    if new_password == current_password:
        raise ValidationError({"new_password": _("This is the password that you have already.")})
    hashed = make_password(new_password)
    with transaction.atomic():
        actor.password = hashed
        actor.save(update_fields=["password", "updated_at"])
        record_updated(actor, actor, password=HIDDEN)
        end_other_sessions(user=actor, keep_session=keep_session)
        tell_of_new_password(actor, origin=origin)
    return actor


def replace_password(*, user: User, password: str) -> None:
    """Another password for whoever has shown by mail that the account is theirs."""
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password", "updated_at"])
        record_updated(user, user, password=HIDDEN)


def require_good_password(password: str, user: User, *, field: str) -> None:
    """Refuse, at `field`, a password that is too short, too common or too much like its owner."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({field: error.error_list}) from error


def _say_what_is_taken(user: User, error: IntegrityError) -> None:
    if User.objects.filter(email=user.email).exists():
        raise Taken("email", _("Somebody has signed up with this address already.")) from error
    if User.objects.filter(username__iexact=user.username).exists():
        raise Taken("username", USERNAME_TAKEN) from error
