"""Of two who do something to one invitation at the same moment, the second finds it gone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection

from accounts.models import AuditEntry, Organisation, User
from accounts.organisations.services import invitations as services
from tests.factories import make_user

ORIGIN = "http://testserver"


def test_what_is_revoked_while_it_is_sent_again_is_gone(
    alice: User, halyard: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    invitation = services.create_invitation(actor=alice, slug="halyard", email="dana@halyard.example")

    def revoke_meanwhile(actor: User, email: str) -> None:
        services.revoke_invitation(actor=alice, slug="halyard", invitation_id=invitation.pk)

    monkeypatch.setattr(services, "count_invitation_mail", revoke_meanwhile)

    with pytest.raises(ObjectDoesNotExist):
        services.resend_invitation(actor=alice, slug="halyard", invitation_id=invitation.pk, origin=ORIGIN)
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(8))
def test_of_several_at_once_one_accepts_or_declines_and_one_revokes(
    alice: User, halyard: Organisation, number: int
) -> None:
    dana = make_user("Dana", email_verified_at="2026-01-01T00:00:00Z")
    invitation = services.create_invitation(actor=alice, slug="halyard", email=dana.email)
    revoke = partial(services.revoke_invitation, actor=alice, slug="halyard", invitation_id=invitation.pk)

    race(
        partial(services.accept_invitation, actor=dana, token=invitation.token),
        partial(services.accept_awaiting_invitation, actor=dana, invitation_id=invitation.pk),
        partial(services.decline_awaiting_invitation, actor=dana, invitation_id=invitation.pk),
        revoke,
        revoke,
    )

    entries = AuditEntry.objects.filter(record_id=invitation.pk)
    answers = [set(entry.changes) for entry in entries.filter(action="update")]
    assert entries.filter(action="delete").count() == 1
    assert answers in ([], [{"accepted_at"}], [{"declined_at"}])
    assert halyard.memberships.filter(user=dana).exists() == (answers == [{"accepted_at"}])


def race(*attempts: Callable[[], Any]) -> None:
    """All at once, each on a thread; only what is gone by then may stop one."""
    together = Barrier(len(attempts))

    def attempt(action: Callable[[], Any]) -> None:
        together.wait()
        try:
            action()
        except ObjectDoesNotExist:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        list(pool.map(attempt, attempts))
