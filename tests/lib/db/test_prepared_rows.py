"""New rows are stored with the values that their fields would have given."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from chat.models import Message, Room
from lib.db.prepared_rows import insert_rows

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


def _read_columns() -> dict[str, Any]:
    """Read the only message as the driver gives it, but for the time of its last save."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Message._meta.db_table}")
        [row] = cursor.fetchall()
        columns = dict(zip([column[0] for column in cursor.description], row, strict=True))
    del columns["updated_at"]
    return columns
