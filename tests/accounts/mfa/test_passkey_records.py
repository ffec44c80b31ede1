"""What is done to passkeys stands in the audit log."""

from __future__ import annotations

import pytest

from accounts.mfa.services.passkeys import begin_passkey, finish_passkey, remove_passkey, rename_passkey
from accounts.models import AuditEntry
from tests.accounts.mfa.passkeys import HERE
from tests.authenticator import Authenticator
from tests.factories import PASSWORD, make_user


@pytest.mark.django_db
def test_adding_renaming_and_removing_is_recorded() -> None:
    dana = make_user("Dana", password=PASSWORD)
    answer = Authenticator().create(begin_passkey(actor=dana, party=HERE, password=PASSWORD))
    passkey = finish_passkey(actor=dana, name="Laptop", credential=answer, party=HERE, keep_session=None).passkey
    rename_passkey(actor=dana, passkey_id=passkey.pk, name="Phone")
    remove_passkey(actor=dana, passkey_id=passkey.pk, password=PASSWORD)

    entries = AuditEntry.objects.filter(user=dana, record_id=passkey.pk).order_by("pk")
    assert list(entries.values_list("action", "record_name")) == [
        ("create", "passkey Laptop of Dana"),
        ("update", "passkey Phone of Dana"),
        ("delete", "passkey Phone of Dana"),
    ]
