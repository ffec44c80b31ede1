"""New rows are stored with the values that their fields would have given."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.models.base import new_id
from chat.models import Message, Room
from lib.db.prepared_rows import build_row, insert_rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("as_text", [False, True])
def test_values_are_those_of_the_fields(alice: User, room: Room, as_text: bool) -> None:
    message = Message(
        room_id=str(room.pk) if as_text else room.pk,
        author=alice,
        seq=1,
        version=2,
        content="“hi”",
        html="<p>“hi”</p>",
        mentioned_ids=[str(alice.pk)],
        created_at=timezone.now(),
        pinned_at=timezone.localtime(),
    )
    insert_rows([message])
    by_statement = _read_columns()
    Message.objects.all().delete()
    Message.objects.bulk_create([message])

    assert by_statement == _read_columns()


def test_a_built_row_is_that_of_its_model(alice: User, room: Room) -> None:
    values = {"id": new_id(), "room_id": room.pk, "author_id": alice.pk, "version": 1, "created_at": timezone.now()}

    built, usual = build_row(Message, **values), Message(**values)

    assert built.author == usual.author == alice
    assert {**vars(built), "_state": vars(built._state)} == {**vars(usual), "_state": vars(usual._state)}
    assert build_row(Message).pk != build_row(Message).pk
    assert build_row(Message).reactions is not build_row(Message).reactions


def test_rows_that_fill_other_columns_are_stored_together(alice: User, room: Room) -> None:
    values = {"room_id": room.pk, "author_id": alice.pk, "created_at": timezone.now(), "content": "hi"}
    first = build_row(Message, **values, seq=1, version=1)
    second = build_row(Message, **values, seq=2, version=2, client_id="x", is_action=True, reply_to_id=first.pk)

    insert_rows([first, second])

    rows = Message.objects.order_by("seq").values_list("client_id", "is_action", "reply_to", "type", "pinned_at")
    assert list(rows) == [(None, False, None, "text", None), ("x", True, first.pk, "text", None)]


def _read_columns() -> dict[str, Any]:
    """Read the only message as the driver gives it, but for the time of its last save."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Message._meta.db_table}")
        [row] = cursor.fetchall()
        columns = dict(zip([column[0] for column in cursor.description], row, strict=True))
    del columns["updated_at"]
    return columns
