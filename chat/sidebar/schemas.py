"""What a sidebar shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from accounts.models import Membership, Organisation, User
from chat.models import Room, RoomMember
from chat.models.full_names import build_full_name
from chat.sidebar.registry import SidebarSection

SECTIONS = ("favourites", "rooms", "directs")
# Keys of the user's metadata. Each section has its own, so that two windows can fold at once.
FOLDED = "sidebar_folded_"
UNREAD_ONLY = "sidebar_unread_only"


@dataclass(frozen=True, slots=True)
class SidebarRoom:
    """A room in the sidebar."""

    id: UUID
    name: str
    kind: str
    is_general: bool
    is_archived: bool
    unread: int
    mentions: int
    last_seq: int
    last_read_seq: int
    version: int
    last_message_at: datetime | None
    is_current: bool
    others: list[User]
    favourite: bool = False
    muted_until: datetime | None = None
    notification_level: str = RoomMember.NotificationLevel.ALL
    emoji: str = ""
    picture_url: str | None = None
    main_channel_id: UUID | None = None
    project_name: str = ""
    is_in_section: bool = False

    @property
    def full_name(self) -> str:
        return build_full_name(self.name, self.project_name)

    @property
    def label(self) -> str:
        """Return the name that is shown: under the heading of its project without that."""
        return self.name if self.is_in_section else self.full_name

    @property
    def is_main_channel(self) -> bool:
        return self.main_channel_id == self.id

    @property
    def url(self) -> str:
        return reverse("chat:room", args=[self.id])

    @property
    def is_muted(self) -> bool:
        return self.muted_until is not None

    @property
    def is_bold(self) -> bool:
        return self.unread > 0 and not self.is_muted

    @property
    def counts(self) -> str:
        """Return which unread messages count, as a notification level: of a muted room, mentions at most."""
        levels = RoomMember.NotificationLevel
        is_quieter = self.is_muted and self.notification_level == levels.ALL
        return levels.MENTIONS.value if is_quieter else self.notification_level

    @property
    def badge(self) -> int:
        """Return the number beside the name: mentions, in a direct room all unread messages, as far as they count."""
        if self.counts == RoomMember.NotificationLevel.NOTHING:
            return 0
        is_for_me = self.kind == Room.Kind.DIRECT and self.counts == RoomMember.NotificationLevel.ALL
        return self.unread if is_for_me else self.mentions

    @property
    def attention(self) -> int:
        """Return what the room adds to the number in the title: its badge, and one for other unread messages."""
        if not self.unread or self.is_archived:
            return 0
        return max(1, self.badge) if self.counts == RoomMember.NotificationLevel.ALL else self.badge


@dataclass(frozen=True, slots=True)
class SidebarOrganisation:
    """An organisation in the menu. `badge` is the sum of its rooms' badges and unread threads.

    `attention` is the sum of its rooms' attention and unread threads. `scheduled` counts messages to be sent later,
    `due_reminders` reminders that the user is not done with.
    """

    organisation: Organisation
    badge: int
    attention: int
    unread_threads: int
    scheduled: int
    due_reminders: int
    is_current: bool
    role: str

    @property
    def is_unread(self) -> bool:
        return self.attention > 0


@dataclass(frozen=True, slots=True)
class Sidebar:
    """The current organisation, all organisations of the user, and those of the user's rooms that come first.

    Favourites are in a list of their own, direct rooms among them. `sections` are those that other apps add.

    `more_rooms` and `more_directs` tell whether others follow; `hidden_attention` is what these add to the number in
    the title. `notifications` is the number at the bell.
    """

    organisation: Organisation
    organisations: list[SidebarOrganisation]
    favourites: list[SidebarRoom]
    rooms: list[SidebarRoom]
    sections: list[tuple[SidebarSection, list[SidebarRoom]]]
    directs: list[SidebarRoom]
    more_rooms: bool
    more_directs: bool
    hidden_attention: int
    me: User
    notifications: int = 0

    @property
    def folded(self) -> tuple[str, ...]:
        """Return the sections that the user has folded."""
        sections = (*SECTIONS, *(str(section.id) for section, _rooms in self.sections))
        return tuple(section for section in sections if self.me.metadata.get(FOLDED + section) is True)

    @property
    def unread_only(self) -> bool:
        """Tell whether rooms in which nothing is new are left out."""
        return self.me.metadata.get(UNREAD_ONLY) is True

    @property
    def may_invite(self) -> bool:
        """Tell whether the user invites people to the current organisation."""
        return any(line.is_current and line.role in Membership.ADMIN_ROLES for line in self.organisations)

    @property
    def may_add_emoji(self) -> bool:
        """Tell whether the user adds emoji to the current organisation."""
        return any(line.is_current and self.organisation.lets_add_emoji(line.role) for line in self.organisations)

    @property
    def open_reports(self) -> int | None:
        """Return how many reports wait in the current organisation; None for users who are no administrators of it."""
        return self.organisation.open_reports if self.may_invite else None

    @property
    def unread_threads(self) -> int:
        """Return the number of threads with unread replies in the current organisation."""
        return sum(line.unread_threads for line in self.organisations if line.is_current)

    @property
    def scheduled(self) -> int:
        """Return the number of messages that the user wants to be sent later in the current organisation."""
        return sum(line.scheduled for line in self.organisations if line.is_current)

    @property
    def due_reminders(self) -> int:
        """Return the number of reminders in the current organisation that the user is not done with."""
        return sum(line.due_reminders for line in self.organisations if line.is_current)

    @property
    def badge_elsewhere(self) -> int:
        return sum(line.badge for line in self.organisations if not line.is_current)

    @property
    def is_unread_elsewhere(self) -> bool:
        return any(line.is_unread for line in self.organisations if not line.is_current)
