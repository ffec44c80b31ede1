"""What tests compare the whole database by notices each write."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Session, User
from tests.conftest import ClientFor
from tests.database import watch_rows
from tests.factories import make_user

pytestmark = pytest.mark.django_db

WRITES: dict[str, Callable[[User], object]] = {
    "added": lambda user: make_user("Bob"),
    "changed": lambda user: User.objects.filter(pk=user.pk).update(name="Alicia"),
    "removed": lambda user: User.objects.filter(pk=user.pk).delete(),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_each_write_is_noticed_until_it_is_taken_back(alice: User, write: Callable[[User], object]) -> None:
    has_changed = watch_rows()

    assert not has_changed()
    with transaction.atomic():
        write(alice)
        assert has_changed() and has_changed()
        transaction.set_rollback(True)
    assert not has_changed()
    write(alice)
    assert has_changed()


def test_when_somebody_was_last_here_is_no_change(alice: User, client_for: ClientFor) -> None:
    client_for(alice)
    has_changed = watch_rows()

    Session.objects.update(last_activity=timezone.now())

    assert not has_changed()
