"""Folded fields follow their sources, and older rows are filled."""

import pytest
from django.apps import apps

from accounts.models import AuditEntry, FoldedRecord, Organisation, User
from accounts.models.base import HistoryRecord
from chat.models import Room
from chat.rooms.services.rooms import update_room
from lib.db.folded import FoldedQuerySet, fill_folded_fields, folded_fields
from lib.text.folding import MAX_FOLDED
from lib.web.errors import Conflict
from tests.factories import make_room


def fill() -> None:
    for label in ("accounts", "chat"):
        fill_folded_fields(apps.get_app_config(label), using="default")


def make_older_channel(organisation: Organisation, name: str, *, admin: User) -> Room:
    """Build a channel as it was stored before names were folded."""
    room = make_room(organisation, f"new {name}", admin=admin, kind="channel")
    Room.objects.filter(pk=room.pk).update(name=name, folded_name=None)
    return room


def test_every_model_that_folds_its_own_texts_keeps_them_folded_when_it_is_saved_or_updated() -> None:
    for model in apps.get_models():
        if any("__" not in field.source for field in folded_fields(model)) and not issubclass(model, HistoryRecord):
            assert issubclass(model, FoldedRecord)
            assert isinstance(model._default_manager.all(), FoldedQuerySet)


def test_older_rows_are_filled(alice: User, halyard: Organisation) -> None:
    User.objects.filter(pk=alice.pk).update(name="Älice", folded_name=None, folded_email=None)
    room = make_older_channel(halyard, "Äußeres", admin=alice)

    fill()

    assert list(User.objects.matching("alice", by_email=False)) == [alice]
    assert User.objects.get(pk=alice.pk).folded_email == "alice@halyard.example"
    assert Room.objects.get(pk=room.pk).folded_name == "ausseres"
    assert not AuditEntry.objects.filter(folded_record_name=None).exists()


def test_older_channels_of_one_name_keep_working(alice: User, halyard: Organisation) -> None:
    first, second, third = (make_older_channel(halyard, name, admin=alice) for name in ("Ärzte", "ärzte", "ARZTE"))

    fill()

    assert list(Room.objects.order_by("pk").values_list("is_namesake", flat=True)) == [False, True, True]
    assert Room.objects.filter(folded_name__contains_folded="ärzte").count() == 3
    # What is not their name is changed as ever; a new name has to be free, and then they are like any other.
    update_room(actor=alice, room_id=second.pk, name="ärzte", topic="Praxis")
    with pytest.raises(Conflict):
        update_room(actor=alice, room_id=second.pk, name="äRZTE")
    update_room(actor=alice, room_id=second.pk, name="Pflege")
    assert not Room.objects.get(pk=second.pk).is_namesake
    with pytest.raises(Conflict):
        update_room(actor=alice, room_id=third.pk, name="PFLEGE")
    assert Room.objects.get(pk=first.pk).name == "Ärzte"


def test_a_name_of_compatibility_forms_fits_into_an_index(alice: User, halyard: Organisation) -> None:
    name = "".join(chr(0xFDFA if n % 2 else 0xFDFB) for n in range(80))

    room = make_room(halyard, name, admin=alice, kind="channel")

    assert len(Room.objects.get(pk=room.pk).folded_name) == MAX_FOLDED


def test_saving_some_fields_saves_those_folded_from_them(alice: User) -> None:
    alice.name, alice.username = "Éva", "not-saved"
    alice.save(update_fields=["name"])

    stored = User.objects.get(pk=alice.pk)
    assert (stored.folded_name, stored.username) == ("eva", "alice")
