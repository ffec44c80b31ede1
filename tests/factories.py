"""Rows for tests. Behaviour is set up with services, never here."""

from accounts.models import Membership, Organisation, User
from chat.models import Room, RoomMember

PASSWORD = "harbour-light-2026"


def make_user(name: str, *, password: str | None = None, **fields: object) -> User:
    handle = name.lower().replace(" ", ".")
    fields = {"username": handle, "name": name, "email": f"{handle}@halyard.example"} | fields
    return User.objects.create_user(password=password, **fields)


def make_agent(name: str) -> User:
    return make_user(name, email=None, kind=User.Kind.AGENT)


def make_organisation(name: str, *, owner: User, members: list[User] = ()) -> Organisation:
    organisation = Organisation.objects.create(name=name, slug=name.lower().replace(" ", "-"), created_by=owner)
    Membership.objects.create(organisation=organisation, user=owner, role=Membership.Role.OWNER)
    for member in members:
        Membership.objects.create(organisation=organisation, user=member)
    return organisation


def make_room(
    organisation: Organisation, name: str = "design", *, admin: User, members: list[User] = (), kind: str = "group"
) -> Room:
    room = Room.objects.create(organisation=organisation, name=name, kind=kind, created_by=admin)
    RoomMember.objects.create(room=room, user=admin, role=RoomMember.Role.ADMIN)
    for member in members:
        RoomMember.objects.create(room=room, user=member)
    return room
