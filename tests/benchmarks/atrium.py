"""Everybody who takes part, in Atrium's database."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from accounts.organisations.services.organisations import create_organisation
from accounts.session_store import SessionStore
from accounts.tokens.services.families import issue_tokens
from chat.messages.services.post import post_message
from chat.models import Message, Room, RoomMember, ThreadFollow
from chat.rooms.services.rooms import create_room
from lib.text.markdown.document import render
from tests.benchmarks.atrium_board import make_board
from tests.benchmarks.words import sentence
from tests.benchmarks.world import BROWSERS, PEOPLE, REPLIES, ROOMS, World

BATCH = 2000


def make_world() -> World:
    """People with a token each in one organisation, and the rooms with what was said in them."""
    call_command("collectstatic", interactive=False, verbosity=0)
    with transaction.atomic():
        people = make_people()
        organisation = make_organisation(people)
        rooms = {
            name: open_room(organisation, name, people[:size], messages) for name, (size, messages) in ROOMS.items()
        }
        thread = start_thread(rooms["archive"], people[: ROOMS["archive"][0]])
        tokens = [f"Authorization: Bearer {issue_tokens(user=person).access_token}" for person in people]
        cookies = [f"Cookie: {settings.SESSION_COOKIE_NAME}={sign_in(person)}" for person in people[:BROWSERS]]
    ids = {name: str(room.pk) for name, room in rooms.items()}
    board = make_board(organisation, people)
    return World(rooms=ids, people=tokens, browser=cookies[0], browsers=cookies, thread=str(thread), board=board)


def make_people() -> list[User]:
    return User.objects.bulk_create(
        User(email=f"person-{n}@example.com", username=f"person-{n}", name=f"Person {n}", password="!")
        for n in range(PEOPLE)
    )


def make_organisation(people: list[User]) -> Organisation:
    organisation = create_organisation(actor=people[0], name="Benchmark", slug="benchmark")
    Membership.objects.bulk_create(Membership(organisation=organisation, user=person) for person in people[1:])
    Organisation.objects.filter(pk=organisation.pk).update(member_count=len(people))
    return organisation


def open_room(organisation: Organisation, name: str, people: list[User], messages: int) -> Room:
    """A group of these people who have read all the messages that it holds.

    The rows are what `post_message` would leave, without the announcements that nobody hears yet.
    """
    room = create_room(actor=people[0], slug=organisation.slug, kind=Room.Kind.GROUP, name=name)
    RoomMember.objects.bulk_create(RoomMember(room=room, user=person) for person in people[1:])
    fill(room, people, messages)
    RoomMember.objects.filter(room=room).update(last_read_seq=messages)
    Room.objects.filter(pk=room.pk).update(last_seq=messages, version=messages, member_count=len(people))
    return room


def fill(room: Room, people: list[User], messages: int) -> None:
    now = timezone.now()
    for start in range(1, messages + 1, BATCH):
        Message.objects.bulk_create(
            Message(
                room=room,
                author=people[n % len(people)],
                seq=n,
                version=n,
                content=sentence(n),
                html=render(sentence(n), {}),
                client_id=f"seed-{n}",
                created_at=now - timedelta(minutes=messages - n),
            )
            for n in range(start, min(start + BATCH, messages + 1))
        )


def start_thread(room: Room, people: list[User]) -> UUID:
    """Answer the newest message of a room `REPLIES` times; everybody has read the replies."""
    root = Message.objects.filter(room=room).order_by("-seq")[:1].get()
    for n in range(REPLIES):
        post_message(actor=people[n % len(people)], room_id=room.pk, content=sentence(n), thread_id=root.pk)
    ThreadFollow.objects.filter(thread=root.pk).update(last_read_seq=REPLIES)
    return root.pk


def sign_in(person: User) -> str:
    """The key of a new browser session."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)
