"""Store users: humans and agents."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any, ClassVar, NamedTuple

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Exists, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.base import FoldedRecord
from lib.db.folded import FoldedField, FoldedQuerySet
from lib.db.recording import note_expiry
from lib.lasting import read_end
from lib.password_hashers import is_hashed_in_present_form
from lib.text.email_addresses import normalize_address
from lib.text.usernames import is_valid_username, validate_username

# An older presence is stale: the process that wrote it has died. Processes renew it every ten seconds.
PRESENCE_FRESHNESS = timedelta(seconds=30)
HUES = 12
AVATARS = "avatars"


class Status(NamedTuple):
    """Status of a user; without emoji and text there is none."""

    emoji: str = ""
    text: str = ""
    expires_at: datetime | None = None


class UserQuerySet(FoldedQuerySet["User"]):
    def active(self) -> UserQuerySet:
        return self.filter(is_active=True)

    def connected(self) -> UserQuerySet:
        """Return the users with an open socket, in any process: what they chose to be shown as does not matter."""
        fresh = self.filter(seen_at__gt=timezone.now() - PRESENCE_FRESHNESS)
        return fresh.exclude(presence=User.Presence.OFFLINE)

    def administrators(self) -> UserQuerySet:
        """Return the active system administrators with full rights in the admin."""
        return self.active().filter(role=User.Role.ADMIN, is_staff=True, is_superuser=True)

    def administered_by(self, actor: User) -> UserQuerySet:
        """Return all users for a system administrator, and none for others.

        The actor's role is read from the database, as it may have changed since `actor` was loaded.
        """
        return self.filter(Exists(User.objects.active().filter(pk=actor.pk, role=User.Role.ADMIN)))

    def matching(self, q: str, *, by_email: bool) -> UserQuerySet:
        """Return the users whose name, username or (`by_email`) e-mail address contains `q`."""
        matches = Q(folded_name__contains_folded=q) | Q(username__contains_folded=q.removeprefix("@"))
        return self.filter(matches | Q(folded_email__contains_folded=q)) if by_email else self.filter(matches)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> User:
        """Create a user with a hashed password; without a password they can't sign in until they reset it."""
        user: User = self.model(email=self.normalize_email(email) or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a system administrator, for `manage.py createsuperuser`."""
        return self.create_user(email, password, role=User.Role.ADMIN, is_staff=True, is_superuser=True, **fields)

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return the address in lower case, as it is stored and compared."""
        return normalize_address(email)


class User(FoldedRecord, AbstractBaseUser, PermissionsMixin):
    """Member of organisations: a human who signs in, or an agent, which does not."""

    class Kind(models.TextChoices):
        HUMAN = "human"
        AGENT = "agent"

    class Role(models.TextChoices):
        USER = "user"
        ADMIN = "admin"

    class Theme(models.TextChoices):
        SYSTEM = "system", _("System")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class Presence(models.TextChoices):
        ONLINE = "online"
        AWAY = "away"
        BUSY = "busy"
        OFFLINE = "offline"

    class Availability(models.TextChoices):
        AUTO = "auto"
        AWAY = "away"
        BUSY = "busy"

    email = models.EmailField(unique=True, null=True, blank=True, help_text="Agents have none.")
    username = models.CharField(max_length=40, validators=[validate_username])
    name = models.CharField(max_length=80)
    folded_name = FoldedField("name")
    folded_email = FoldedField("email")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.HUMAN)
    role = models.CharField(max_length=8, choices=Role, default=Role.USER)
    theme = models.CharField(max_length=8, choices=Theme, default=Theme.SYSTEM)
    presence = models.CharField(max_length=8, choices=Presence, default=Presence.OFFLINE)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="When a socket of theirs was last open.")
    availability = models.CharField(
        max_length=8,
        choices=Availability,
        default=Availability.AUTO,
        help_text="What they say of their presence: by itself (auto), or away or busy until they say otherwise.",
    )
    status_emoji = models.CharField(max_length=32, blank=True)
    status_text = models.CharField(max_length=100, blank=True)
    status_expires_at = models.DateTimeField(null=True, blank=True, help_text="Empty: until they clear it.")
    silent_until = models.DateTimeField(
        null=True, blank=True, help_text="Until when nothing is pushed or mailed to them; past: no longer."
    )
    avatar = models.FileField(
        upload_to=AVATARS, blank=True, help_text="A square WebP under a random name; empty: their initials."
    )
    time_zone = models.CharField(max_length=64, blank=True, help_text="As IANA names it; empty: the browser's.")
    language = models.CharField(max_length=10, blank=True, help_text="Empty: the browser's.")
    metadata = models.JSONField(default=dict, blank=True)
    email_verified_at = models.DateTimeField(null=True, blank=True)
    second_factor_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when every sign-in asks for a second factor."
    )
    second_factor_due = models.BooleanField(
        default=False, help_text="An organisation of theirs asks for one, and there is none yet."
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["username", "name"]

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("username"), name="user_username_taken_once"),
            models.CheckConstraint(condition=Q(kind__in=["human", "agent"]), name="user_kind_known"),
            models.CheckConstraint(condition=Q(role__in=["user", "admin"]), name="user_role_known"),
            models.CheckConstraint(condition=Q(theme__in=["system", "light", "dark"]), name="user_theme_known"),
            models.CheckConstraint(
                condition=Q(presence__in=["online", "away", "busy", "offline"]), name="user_presence_known"
            ),
            models.CheckConstraint(
                condition=Q(availability__in=["auto", "away", "busy"]), name="user_availability_known"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Tell whether this is the user's password, and renew a hash that was made of another Unicode form of it."""
        if raw_password is None or not super().check_password(raw_password):
            return False
        if not is_hashed_in_present_form(raw_password, self.password):
            former, self.password = self.password, make_password(raw_password)
            User.objects.filter(pk=self.pk, password=former).update(password=self.password)
        return True

    def get_short_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.username

    @property
    def needs_other_username(self) -> bool:
        """Tell whether the user has a username from before the rules, by which nobody can mention them."""
        return not is_valid_username(self.username)

    @property
    def initials(self) -> str:
        words = self.name.split() or [self.username]
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else words[0][1:2])).upper()

    @property
    def hue(self) -> int:
        """Return the number of the user's avatar colour, 0 to 11, which never changes."""
        return self.pk.int % HUES

    @property
    def current_presence(self) -> str:
        """Return the presence that others see now.

        A stale presence reads as offline; that of a connected user is the availability they chose, if they did.
        """
        stale_at = self.seen_at + PRESENCE_FRESHNESS if self.seen_at else None
        if stale_at is None or stale_at <= timezone.now() or self.presence == self.Presence.OFFLINE:
            return self.Presence.OFFLINE
        note_expiry(stale_at)
        return self.presence if self.availability == self.Availability.AUTO else self.availability

    @property
    def current_status(self) -> Status | None:
        """Return the status, or nothing when there is none or it has expired."""
        has_expired = self.status_expires_at is not None and self.status_expires_at <= timezone.now()
        if has_expired or not self.status_emoji:
            return None
        if self.status_expires_at:
            note_expiry(self.status_expires_at)
        return Status(self.status_emoji, self.status_text, self.status_expires_at)

    @property
    def current_silence(self) -> datetime | None:
        """Return until when the user wants not to be disturbed, `FOREVER` until they say so, or nothing."""
        return read_end(self.silent_until)

    @property
    def shown_state(self) -> tuple[Any, ...]:
        """Return all that pages may show of the user, to learn by comparing it whether anything has changed."""
        columns = [getattr(self, name) for name in _list_shown_columns()]
        return (*columns, str(self.metadata), self.current_presence, self.current_status)

    @property
    def avatar_url(self) -> str | None:
        """Return the path of the user's picture, or nothing. A new picture has a new path."""
        return build_avatar_url(self.avatar.name or "")


@cache
def _list_shown_columns() -> tuple[str, ...]:
    """Return the columns of users that pages may show as they are; what a column means may change with time."""
    return tuple(
        field.attname
        for field in User._meta.concrete_fields
        if field.attname not in {"metadata", "presence", "seen_at", "last_login", "password"}
    )


@lru_cache(maxsize=4096)
def build_avatar_url(name: str) -> str | None:
    """Return the path at which a stored picture is shown, or nothing for no picture."""
    return reverse("api:get_avatar", args=[name.rpartition("/")[2]]) if name else None
