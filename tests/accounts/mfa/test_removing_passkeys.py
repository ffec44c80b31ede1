"""Passkeys are renamed and removed."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError

from accounts.mfa.queries import list_methods, passkeys_of
from accounts.mfa.services.enrolment import reset_second_factor
from accounts.mfa.services.factors import Proof
from accounts.mfa.services.passkeys import (
    build_second_factor_options,
    build_sign_in_options,
    remove_passkey,
    rename_passkey,
)
from accounts.models import Membership, Organisation, RecoveryCode, User
from tests.accounts.mfa.passkeys import HERE, add_passkey, refusal_of
from tests.accounts.steps import enrol, reload_user
from tests.conftest import AfterCommit
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def test_the_owner_renames_it_and_nobody_else(dana: User, bob: User) -> None:
    add_passkey(dana)
    passkey = passkeys_of(dana).get()

    assert rename_passkey(actor=dana, passkey_id=passkey.pk, name="Ci").name == "Ci"
    with pytest.raises(ObjectDoesNotExist):
        rename_passkey(actor=bob, passkey_id=passkey.pk, name="Mine")
    with pytest.raises(ObjectDoesNotExist):
        remove_passkey(actor=bob, passkey_id=passkey.pk, password=PASSWORD)
    with pytest.raises(ValidationError):
        rename_passkey(actor=dana, passkey_id=passkey.pk, name=" ")


def test_removing_the_last_one_turns_the_second_factor_off(
    dana: User, after_commit: AfterCommit, mailoutbox: Any
) -> None:
    with after_commit():
        add_passkey(dana)
    passkey = passkeys_of(dana).get()
    with pytest.raises(ValidationError):
        remove_passkey(actor=dana, passkey_id=passkey.pk, password="wrong")

    with after_commit():
        assert remove_passkey(actor=dana, passkey_id=passkey.pk, password=PASSWORD)

    assert reload_user(dana).second_factor_at is None
    assert not RecoveryCode.objects.filter(user=dana).exists()
    added, removed = (mail.subject for mail in mailoutbox)
    assert "has been added" in added and "removed" in removed


def test_without_a_password_it_takes_a_second_factor(dana: User) -> None:
    device = add_passkey(dana)
    dana.set_unusable_password()
    dana.save()
    passkey = passkeys_of(dana).get()

    with pytest.raises(ValidationError):
        remove_passkey(actor=dana, passkey_id=passkey.pk)
    proof = Proof(passkey=device.use(build_second_factor_options(user=dana, party=HERE)), party=HERE)
    assert remove_passkey(actor=dana, passkey_id=passkey.pk, proof=proof)


def test_an_organisation_that_requires_one_keeps_the_last(dana: User, halyard: Organisation) -> None:
    add_passkey(dana)
    Membership.objects.create(organisation=halyard, user=dana)
    Organisation.objects.filter(pk=halyard.pk).update(requires_second_factor=True)

    with pytest.raises(PermissionDenied):
        remove_passkey(actor=dana, passkey_id=passkeys_of(dana).get().pk, password=PASSWORD)
    add_passkey(dana, "Other")
    assert not remove_passkey(actor=dana, passkey_id=passkeys_of(dana).get(name="Laptop").pk, password=PASSWORD)


def test_a_system_administrator_resets_them(dana: User, root: User) -> None:
    enrol(dana)
    device = add_passkey(dana)

    reset_second_factor(actor=root, user_id=dana.pk)

    assert reload_user(dana).second_factor_at is None and list_methods(dana) == []
    assert refusal_of(device, build_sign_in_options(party=HERE)) == "passkey_refused"


def test_unknown_ones_are_missing(dana: User) -> None:
    with pytest.raises(ObjectDoesNotExist):
        rename_passkey(actor=dana, passkey_id=uuid.uuid4(), name="Mine")
