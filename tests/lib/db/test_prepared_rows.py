"""New rows are stored with the values that their fields would have given."""

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from chat.models import Message, Room
from lib.db.prepared_rows import _build_readers, insert_rows

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
    fields = [field for field in Message._meta.concrete_fields if field.name not in ("updated_at", "mentioned_ids")]
    readers = dict(zip(Message._meta.concrete_fields, _build_readers(Message), strict=True))

    for field in fields:
        value = getattr(message, field.attname)
        expected = None if value is None else field.get_db_prep_save(value, connection)
        assert str(readers[field](message)) == str(expected), field.name
    stored = Message.objects.get()
    assert stored.mentioned_ids == [str(alice.pk)]
    assert (stored.room_id, stored.pinned_at, stored.updated_at) == (room.pk, message.pinned_at, message.updated_at)
