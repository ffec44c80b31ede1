"""Sign-ins by passkey that meet: with each other, and with what ends the passkey or its user meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from accounts.mfa.services.enrolment import reset_second_factor
from accounts.mfa.services.passkeys import build_sign_in_options, remove_passkey
from accounts.mfa.services.verification import use_passkey
from accounts.models import LoginAttempt, Passkey, TokenFamily, User
from accounts.sign_in.services import sign_in_with_passkey
from accounts.users.services.activation import deactivate_user
from lib.web.errors import Unauthenticated
from tests.accounts.mfa.passkeys import HERE, add_passkey
from tests.authenticator import Authenticator
from tests.factories import PASSWORD, make_user


def answer_with_count(device: Authenticator, count: int) -> dict[str, Any]:
    """An answer to a question of its own, whose signature has this number."""
    device.count = count - 1
    return device.use(build_sign_in_options(party=HERE))


def sign_in_at_once(answers: list[dict[str, Any]]) -> list[str]:
    """What each of these answers gets, sent by threads: `in`, or the code of the refusal."""

    def attempt(answer: dict[str, Any]) -> str:
        try:
            sign_in_with_passkey(answer=answer, party=HERE)
        except Unauthenticated as error:
            return error.code
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(4) as pool:
        return sorted(pool.map(attempt, answers))


@pytest.mark.django_db(transaction=True)
def test_of_the_same_answer_several_times_at_once_one_is_let_through() -> None:
    device = add_passkey(make_user("Dana", password=PASSWORD), device=Authenticator(synced=True))
    answer = device.use(build_sign_in_options(party=HERE))

    assert sign_in_at_once([answer] * 8) == ["in"] + ["passkey_expired"] * 7
    assert TokenFamily.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_copies_that_count_alike_one_is_let_through() -> None:
    device = add_passkey(make_user("Dana", password=PASSWORD))

    outcomes = sign_in_at_once([answer_with_count(device, 5) for _ in range(8)])

    assert outcomes == ["in"] + ["passkey_refused"] * 7
    assert TokenFamily.objects.count() == 1 and Passkey.objects.get().sign_count == 5


def remove(user: User) -> None:
    remove_passkey(actor=user, passkey_id=Passkey.objects.get(user=user).pk, password=PASSWORD)


def reset(user: User) -> None:
    reset_second_factor(actor=make_user("Ruth", role="admin"), user_id=user.pk)


def deactivate(user: User) -> None:
    deactivate_user(actor=make_user("Ruth", role="admin"), user_id=user.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("happens", [remove, reset, deactivate])
def test_what_ends_while_a_passkey_is_verified_gets_no_tokens(
    dana: User, monkeypatch: pytest.MonkeyPatch, happens: Callable[[User], None]
) -> None:
    def use_slowly(**arguments: Any) -> Passkey:
        passkey = use_passkey(**arguments)
        happens(User.objects.get(pk=dana.pk))
        return passkey

    device = add_passkey(dana)
    monkeypatch.setattr("accounts.sign_in.services.use_passkey", use_slowly)

    with pytest.raises(Unauthenticated) as refusal:
        sign_in_with_passkey(answer=device.use(build_sign_in_options(party=HERE)), party=HERE)

    assert refusal.value.code == "passkey_refused"
    assert not TokenFamily.objects.live().exists()
    assert LoginAttempt.objects.get().outcome == "failure"
