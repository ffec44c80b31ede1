"""Create the users of a sample organisation: the cast, and as many more as asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from accounts.organisations.services.members import add_member
from accounts.organisations.services.organisations import create_organisation
from accounts.sign_up.services import suggest_username
from chat.demo.cast import PASSWORD, Company, Person
from lib.text.slugs import make_handle

FIRST = (
    "Ada", "Amir", "Anika", "Bram", "Carla", "Cormac", "Dalia", "Dmitri", "Elif", "Emeka", "Freya", "Gael", "Hana",
    "Hugo", "Imani", "Ivo", "Jun", "Kaia", "Kofi", "Leila", "Liam", "Maren", "Mateo", "Nils", "Noor", "Orla", "Pavel",
    "Quinn", "Rosa", "Samir", "Tess", "Umar", "Vera", "Wen", "Yara", "Zoë",
)  # fmt: skip
LAST = (
    "Almeida", "Bakker", "Carrick", "Dahl", "Eriksen", "Falk", "Gallagher", "Haddad", "Ito", "Jansen", "Kaya", "Laurent",
    "Mbeki", "Novak", "Okoye", "Petrov", "Quigley", "Rossi", "Silva", "Tremblay", "Ueda", "Vargas", "Weber", "Yilmaz",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlantedOrganisation:
    """A sample organisation with its users by username. `talkers` are the usernames of those who write the chatter."""

    organisation: Organisation
    users: dict[str, User]
    talkers: Sequence[str]
    added: int


def plant_organisation(company: Company, *, extra: int, step: Callable[[str, int], None]) -> PlantedOrganisation:
    """Find or create the users of an organisation, its owner first, and the organisation itself."""
    people = [*company.people, *_invent_people(company, extra)]
    # Hashing is slow on purpose; once is enough for a password that is public anyway.
    password = make_password(PASSWORD)
    before = User.objects.count()
    users = {}
    for person in people:
        users[person.username] = _find_user(person) or _create_user(person, password)
        step("people", 1)
    organisation = _get_organisation(company, users[people[0].username])
    _add_members(organisation, people, users)
    talkers = [person.username for person in people if not person.is_agent and person.role != Membership.Role.GUEST]
    return PlantedOrganisation(organisation, users, talkers, User.objects.count() - before)


def _invent_people(company: Company, number: int) -> list[Person]:
    """Return people who are not in the cast, always the same ones in the same order."""
    known = {person.username for person in company.people}
    crowd: dict[str, Person] = {}
    for index in range(number):
        first, last = FIRST[index % len(FIRST)], LAST[(index * 7 + index // len(FIRST)) % len(LAST)]
        username = make_handle(first, fallback="member")
        if username in known or username in crowd:
            username = make_handle(f"{first} {last}", fallback="member")
        if username in crowd:
            username = f"{username}-{index}"
        crowd[username] = Person(username, f"{first} {last}")
    return list(crowd.values())


def _find_user(person: Person) -> User | None:
    if person.is_agent:
        return User.objects.filter(kind=User.Kind.AGENT, username=person.username).first()
    return User.objects.filter(email=person.email).first()


@transaction.atomic
def _create_user(person: Person, password: str) -> User:
    user = User(
        email=person.email,
        username=suggest_username(person.username),
        name=person.name,
        kind=User.Kind.AGENT if person.is_agent else User.Kind.HUMAN,
        role=User.Role.ADMIN if person.is_system_admin else User.Role.USER,
        is_staff=person.is_system_admin,
        is_superuser=person.is_system_admin,
        email_verified_at=None if person.is_agent else timezone.now(),
        password=make_password(None) if person.is_agent else password,
    )
    user.save(force_insert=True)
    if user.email:
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def _get_organisation(company: Company, owner: User) -> Organisation:
    organisation = Organisation.objects.visible_to(owner).filter(slug=company.slug).first()
    return organisation or create_organisation(actor=owner, name=company.name, slug=company.slug)


def _add_members(organisation: Organisation, people: Sequence[Person], users: Mapping[str, User]) -> None:
    inside = set(organisation.memberships.values_list("user", flat=True))
    for person in people:
        user = users[person.username]
        if user.pk not in inside:
            add_member(organisation=organisation, user=user, role=person.role)
