"""List the people and rooms of the sample organisations."""

from dataclasses import dataclass, field
from pathlib import Path

from accounts.models import Membership
from chat.models import Room

HERE = Path(__file__).parent
Role = Membership.Role

# Printed by `manage.py seed` and public: sample data is for trying things out.
PASSWORD = "harbour-light-2026"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a sample organisation. Agents have no e-mail address and never sign in."""

    username: str
    name: str
    role: str = Role.MEMBER
    is_agent: bool = False
    is_system_admin: bool = False
    home: str = "halyard.example"

    @property
    def email(self) -> str | None:
        return None if self.is_agent else f"{self.username}@{self.home}"


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """A room of the sample.

    Its first person opens it; `chatter` is its share of the everyday messages; `unread` is how many Alice has not read.
    """

    name: str
    people: tuple[str, ...]
    topic: str = ""
    kind: str = Room.Kind.CHANNEL
    chatter: int = 0
    unread: int = 0
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A group of users of the sample. Its first person creates it."""

    name: str
    handle: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """What Alice has begun to write in a room."""

    room: str
    text: str


@dataclass(frozen=True, slots=True)
class Company:
    """A sample organisation. Its conversations are in the folder named by its slug."""

    name: str
    slug: str
    people: tuple[Person, ...]
    rooms: tuple[RoomPlan, ...] = field(repr=False)
    groups: tuple[GroupPlan, ...] = ()
    drafts: tuple[DraftPlan, ...] = ()

    def script_of(self, room: RoomPlan) -> Path:
        return HERE / self.slug / f"{room.name}.txt"

    @staticmethod
    def chatter_of(room: RoomPlan) -> Path:
        return HERE / "exchanges" / f"{room.name}.txt"


def _split_names(names: str) -> tuple[str, ...]:
    return tuple(names.split())


def _plan_direct_room(*people: str, unread: int = 0) -> RoomPlan:
    return RoomPlan("+".join(people), people, kind=Room.Kind.DIRECT, unread=unread)


ALICE = Person("alice", "Alice Moreau", Role.OWNER, is_system_admin=True)

HALYARD = Company(
    name="Halyard",
    slug="halyard",
    people=(
        ALICE,
        Person("priya", "Priya Raman", Role.ADMIN),
        Person("bob", "Bob Okafor"),
        Person("sofia", "Sofia Duarte"),
        Person("mei", "Mei Tanaka"),
        Person("jonas", "Jonas Lindqvist"),
        Person("ines", "Inês Castro"),
        Person("tomas", "Tomás Herrera", Role.ADMIN),
        Person("nadia", "Nadia Rahimi"),
        Person("ewan", "Ewan Fraser"),
        Person("charlie", "Charlie Whitlock", Role.GUEST, home="falmouth.example"),
        Person("robin", "Robin", is_agent=True),
    ),
    rooms=(
        RoomPlan(
            "general",
            _split_names("alice priya bob sofia mei jonas ines tomas nadia ewan charlie robin"),
            chatter=10,
            unread=2,
        ),
        RoomPlan(
            "berths-api",
            _split_names("priya alice bob sofia mei jonas ewan robin"),
            "Harbour times, berth rules and the public API",
            chatter=14,
            unread=5,
        ),
        RoomPlan(
            "design",
            _split_names("mei alice sofia priya ewan bob jonas nadia"),
            "Screens, words and the chart symbols",
            chatter=8,
        ),
        RoomPlan(
            "harbour-offices",
            _split_names("sofia alice ines bob jonas nadia ewan priya tomas mei charlie"),
            "What the harbour masters ask us for",
            chatter=12,
            unread=3,
        ),
        RoomPlan(
            "season-2027",
            _split_names("alice bob priya mei sofia robin"),
            "Open for bookings on 16 November",
            kind=Room.Kind.GROUP,
            chatter=4,
        ),
        RoomPlan(
            "support",
            _split_names("nadia alice sofia ewan ines priya mei jonas tomas"),
            "The inbox, and what we learn from it",
            chatter=12,
            unread=2,
        ),
        RoomPlan(
            "kitchen",
            _split_names("tomas alice priya bob sofia mei jonas ines nadia ewan"),
            "Lunch, the kettle and who has the keys",
            chatter=10,
        ),
        RoomPlan(
            "billing",
            _split_names("ines tomas nadia sofia"),
            "Invoices, refunds, and the odd unpaid mooring",
            chatter=6,
        ),
        RoomPlan("boats-we-like", _split_names("jonas sofia tomas ewan bob mei"), "Strictly unserious", chatter=6),
        RoomPlan(
            "incidents", _split_names("bob priya jonas tomas ewan nadia"), "One thread for each. Calm voices only"
        ),
        RoomPlan(
            "release-notes",
            _split_names("mei priya alice bob sofia jonas ines tomas nadia ewan"),
            "What changed, in words a harbour master would use",
        ),
        RoomPlan(
            "winter-2025",
            _split_names("alice sofia jonas ines"),
            "Who winters where. Closed until spring",
            is_archived=True,
        ),
        _plan_direct_room("alice", "priya"),
        _plan_direct_room("alice", "robin", unread=1),
        _plan_direct_room("alice", "bob"),
        _plan_direct_room("alice", "sofia"),
        _plan_direct_room("alice", "mei"),
        _plan_direct_room("alice", "bob", "priya"),
        _plan_direct_room("bob", "priya"),
    ),
    groups=(
        GroupPlan("Designers", "designers", _split_names("mei ewan sofia")),
        GroupPlan("On call", "oncall", _split_names("bob priya tomas")),
        GroupPlan("Harbour desk", "harbourdesk", _split_names("sofia alice nadia ines")),
    ),
    drafts=(
        DraftPlan(
            "harbour-offices",
            "Before Friday’s call I’d like to know from each office:\n\n- who answers on Sundays\n- what happens to",
        ),
        DraftPlan("alice+sofia", "Shall we walk over to Port Ellery together and look at"),
    ),
)

# Only Alice, a guest, is in both: what is said in one organisation is not visible from the other.
PORT_ELLERY = Company(
    name="Port Ellery",
    slug="port-ellery",
    people=(
        Person("greta", "Greta Holm", Role.OWNER, home="ellery.example"),
        Person("owen", "Owen Pascoe", home="ellery.example"),
        Person("alice", ALICE.name, Role.GUEST),
    ),
    rooms=(
        RoomPlan("general", _split_names("greta owen alice")),
        RoomPlan(
            "pontoon-c",
            _split_names("greta owen alice"),
            "Building, moving boats, saying so",
            kind=Room.Kind.GROUP,
            unread=1,
        ),
        RoomPlan("duty-roster", _split_names("owen greta"), "Who has the radio"),
    ),
)

COMPANIES = (HALYARD, PORT_ELLERY)
