"""Everybody who takes part, in the stock database."""

from collections.abc import Sequence
from uuid import uuid4

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from tests.benchmarks.stock.boards_data import make_board
from tests.benchmarks.stock.models import Message, Room
from tests.benchmarks.words import sentence
from tests.benchmarks.world import PEOPLE, ROOMS, World

BATCH = 5000


def make_world() -> World:
    """People with a session each, and the rooms with what was said in them."""
    with transaction.atomic():
        user_model = get_user_model()
        user_model.objects.bulk_create(user_model(username=f"person-{n}", password="!") for n in range(PEOPLE))
        people = list(user_model.objects.order_by("pk"))
        rooms = {}
        for name, (size, messages) in ROOMS.items():
            room = Room.objects.create(name=name)
            room.members.set(people[:size])
            rooms[name] = str(room.pk)
            fill(room.pk, people[:size], messages)
        headers = [f"Cookie: sessionid={sign_in(person)}" for person in people]
        board = make_board(people)
    return World(rooms=rooms, people=headers, browser=headers[0], board=board)


def fill(room_id: int, people: Sequence[AbstractUser], messages: int) -> None:
    for start in range(0, messages, BATCH):
        Message.objects.bulk_create(
            Message(room_id=room_id, author=people[n % len(people)], content=sentence(n), client_id=str(uuid4()))
            for n in range(start, min(start + BATCH, messages))
        )


def sign_in(person: AbstractUser) -> str:
    """The key of a new browser session."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)
