"""Store organisations and the memberships of their users."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.base import FoldedRecord, Record
from accounts.models.users import User
from lib.db.counts import RowCount
from lib.db.folded import FoldedField, FoldedQuerySet
from lib.text.folding import MAX_FOLDED, fold_text

# Minutes: a year.
MAX_WINDOW = 525_600


class OrganisationQuerySet(FoldedQuerySet["Organisation"]):
    def visible_to(self, user: User) -> OrganisationQuerySet:
        return self.filter(memberships__user=user)

    def administered_by(self, user: User) -> OrganisationQuerySet:
        return self.filter(memberships__user=user, memberships__role__in=Membership.ADMIN_ROLES)


class Organisation(FoldedRecord):
    """Tenant: every room, file and task belongs to one organisation and is invisible to all others."""

    name = models.CharField(max_length=80)
    folded_name = FoldedField("name")
    slug = models.CharField(
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Use small letters, digits and single dashes."))],
    )
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    member_count = RowCount("memberships")
    requires_second_factor = models.BooleanField(default=False, help_text="Members sign in with a second factor.")
    link_previews = models.BooleanField(default=True, help_text="The server asks for the pages that messages link to.")
    removes_photo_data = models.BooleanField(
        default=True, help_text="Location and camera are removed from the files that members upload."
    )
    edit_window = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(MAX_WINDOW)],
        help_text="For how many minutes authors may edit a message; 0: never, none: always.",
    )
    delete_window = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(MAX_WINDOW)],
        help_text="For how many minutes authors may delete a message; 0: never, none: always.",
    )
    open_reports = models.PositiveIntegerField(
        default=0, editable=False, help_text="How many reports of messages wait for an administrator."
    )
    read_receipts = models.BooleanField(default=True, help_text="Members see who has read a message.")
    emoji_by_admins = models.BooleanField(default=False, help_text="Only owners and admins add emoji.")

    share_links = models.BooleanField(default=True, help_text="Boards can be shared with anyone by a link.")

    objects: ClassVar = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("chat:home", args=[self.slug])

    def lets_add_emoji(self, role: str) -> bool:
        """Tell whether members of a role add emoji: all but guests, or administrators alone where they have said so."""
        return role in (Membership.ADMIN_ROLES if self.emoji_by_admins else Membership.OPEN_ROOM_ROLES)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: User) -> MembershipQuerySet:
        return self.filter(organisation__memberships__user=user)

    def with_user(self) -> MembershipQuerySet:
        return self.select_related("user")

    def matching(self, q: str, *, by_email: bool) -> MembershipQuerySet:
        """Return the memberships of users whose name, username or (`by_email`) e-mail address contains `q`."""
        matches = Q(folded_name__contains_folded=q) | Q(user__username__contains_folded=q.removeprefix("@"))
        return self.filter(matches | Q(user__folded_email__contains_folded=q)) if by_email else self.filter(matches)

    def by_name(self) -> MembershipQuerySet:
        """Sort the memberships by the names of their users."""
        return self.order_by("folded_name", "pk")

    def copy_name(self, user_id: UUID, name: str) -> None:
        """Copy the new name of a user to their memberships, in the transaction that renames them."""
        self.filter(user=user_id).update(folded_name=fold_text(name)[:MAX_FOLDED])

    def locked(self) -> MembershipQuerySet:
        """Return the memberships with their users, their rows locked until the transaction ends.

        A transaction that removes one of these members waits for this one, or is waited for.
        """
        return self.select_for_update(of=("self",), no_key=True).select_related("user").order_by("pk")

    def guests(self) -> MembershipQuerySet:
        """Return the guests."""
        return self.filter(role=Membership.Role.GUEST)

    def reachable_owners(self) -> MembershipQuerySet:
        """Return the owners who can still sign in."""
        return self.filter(role=Membership.Role.OWNER, user__kind=User.Kind.HUMAN, user__is_active=True)

    def with_second_factor(self) -> MembershipQuerySet:
        """Return the human members who sign in with a second factor."""
        return self.filter(user__kind=User.Kind.HUMAN, user__second_factor_at__isnull=False)

    def without_second_factor(self) -> MembershipQuerySet:
        """Return the active human members who sign in without a second factor."""
        return self.filter(user__kind=User.Kind.HUMAN, user__is_active=True, user__second_factor_at=None)


class Membership(Record):
    """Membership of a user or an agent in an organisation."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        ADMIN = "admin", _("Admin")
        MEMBER = "member", _("Member")
        GUEST = "guest", _("Guest")

    ADMIN_ROLES = (Role.OWNER, Role.ADMIN)
    OPEN_ROOM_ROLES = (Role.OWNER, Role.ADMIN, Role.MEMBER)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    # Beside the organisation, so that the first of many members by name are found by an index.
    folded_name = FoldedField("user__name")
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)

    objects: ClassVar = MembershipQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "folded_name", "id"], name="membership_by_name"),
            models.Index(fields=["organisation", "id"], name="membership_by_id"),
        )
        constraints = (
            models.UniqueConstraint(fields=["organisation", "user"], name="membership_once_per_organisation"),
            models.CheckConstraint(
                condition=Q(role__in=["owner", "admin", "member", "guest"]), name="membership_role_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user.name} in {self.organisation.name}"

    @property
    def is_guest(self) -> bool:
        return self.role == self.Role.GUEST

    @property
    def is_admin(self) -> bool:
        return self.role in self.ADMIN_ROLES
