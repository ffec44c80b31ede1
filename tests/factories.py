"""Build rows for tests. Behaviour is set up with services, never here."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress

from accounts.models import Membership, Organisation, User
from chat.models import LinkPreview, Message, MessagePreview, Room, RoomMember, RoomRemoval, SystemMessage
from lib.db.counts import change_count

PASSWORD = "harbour-light-2026"


def make_user(name: str, *, password: str | None = None, **fields: object) -> User:
    handle = name.lower().replace(" ", ".")
    fields = {"username": handle, "name": name, "email": f"{handle}@halyard.example"} | fields
    return User.objects.create_user(password=password, **fields)


def make_agent(name: str) -> User:
    return make_user(name, email=None, kind=User.Kind.AGENT)


def make_system_administrator(name: str) -> User:
    handle = name.lower()
    return User.objects.create_superuser(f"{handle}@halyard.example", None, username=handle, name=name)


def make_email_address(user: User, *, verified: bool = False) -> EmailAddress:
    """Build the row by which allauth knows a user's own address."""
    return EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)


def make_membership(organisation: Organisation, user: User, *, role: str = Membership.Role.MEMBER) -> Membership:
    change_count(Organisation, "member_count", 1, ids=[organisation.pk])
    return Membership.objects.create(organisation=organisation, user=user, role=role)


def make_organisation(name: str, *, owner: User, members: Sequence[User] = ()) -> Organisation:
    organisation = Organisation.objects.create(name=name, slug=name.lower().replace(" ", "-"), created_by=owner)
    make_membership(organisation, owner, role=Membership.Role.OWNER)
    for member in members:
        make_membership(organisation, member)
    return organisation


def make_room_member(room: Room, user: User, *, role: str = RoomMember.Role.MEMBER) -> RoomMember:
    change_count(Room, "member_count", 1, ids=[room.pk])
    return RoomMember.objects.create(room=room, user=user, role=role)


def make_preview(message: Message, title: str = "Tides") -> LinkPreview:
    """Build the preview of a link in a message, as if its page had been asked."""
    organisation = message.room.organisation
    preview = LinkPreview.objects.create(organisation=organisation, url="https://tides.example/", title=title)
    MessagePreview.objects.create(message=message, preview=preview)
    return preview


def make_system_message(room: Room, actor: User) -> SystemMessage:
    return SystemMessage.objects.create(room=room, code=SystemMessage.Code.ARCHIVED, actor=actor)


def make_room_removal(room: Room, user: User) -> RoomRemoval:
    return RoomRemoval.objects.create(room=room, user=user)


def make_room(
    organisation: Organisation, name: str = "design", *, admin: User, members: Sequence[User] = (), kind: str = "group"
) -> Room:
    room = Room.objects.create(organisation=organisation, name=name, kind=kind, created_by=admin)
    make_room_member(room, admin, role=RoomMember.Role.ADMIN)
    for member in members:
        make_room_member(room, member)
    return room
