"""A password is the same in every Unicode form, and hashes from before still work."""

import unicodedata
from collections.abc import Callable

import pytest
from django.contrib.auth import hashers
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.passwords.services import change_password, find_password_problems
from lib import password_hashers
from tests.accounts.steps import by_password, is_signed_in
from tests.conftest import ApiFor
from tests.factories import make_user

PASSWORD = "Größe-naïve-Ｗｉｄｅ-ﬁsh"
FORMS = [unicodedata.normalize(form, PASSWORD) for form in ("NFC", "NFD", "NFKC", "NFKD")]

pytestmark = pytest.mark.django_db


def get_tokens(api_for: ApiFor, password: str) -> int:
    body = {"email": "dana@halyard.example", "password": password}
    return int(api_for(None).call("POST", "/auth/token", body).status_code)


@pytest.mark.parametrize("kept", FORMS)
def test_every_form_signs_in(api_for: ApiFor, kept: str) -> None:
    make_user("Dana", password=kept)

    assert [get_tokens(api_for, form) for form in FORMS] == [200] * 4
    assert get_tokens(api_for, "Grosse-naive-Wide-fish") == 401


@pytest.mark.parametrize("former", [hashers.Argon2PasswordHasher, hashers.PBKDF2PasswordHasher])
@pytest.mark.parametrize("typed", FORMS[:2])
def test_a_hash_of_what_was_typed_works_and_is_renewed(
    api_for: ApiFor, typed: str, former: Callable[[], object]
) -> None:
    dana = make_user("Dana")
    hasher = former()
    User.objects.filter(pk=dana.pk).update(password=hasher.encode(typed, hasher.salt()))  # type: ignore[attr-defined]

    assert get_tokens(api_for, "wrong-Größe") == 401
    assert get_tokens(api_for, FORMS[0]) == 200

    dana.refresh_from_db()
    assert password_hashers.Argon2PasswordHasher().verify_form(FORMS[2], dana.password)
    assert [get_tokens(api_for, form) for form in FORMS] == [200] * 4


def test_the_page_renews_it_too_and_signs_in(settings: Settings) -> None:
    dana, client = make_user("Dana"), Client()
    hasher = hashers.Argon2PasswordHasher()
    User.objects.filter(pk=dana.pk).update(password=hasher.encode(FORMS[1], hasher.salt()))

    by_password(client, dana, password=FORMS[0])

    assert is_signed_in(client)
    dana.refresh_from_db()
    assert password_hashers.Argon2PasswordHasher().verify_form(FORMS[2], dana.password)


def test_a_hash_of_the_present_form_stays(api_for: ApiFor) -> None:
    dana = make_user("Dana", password=PASSWORD)
    kept = dana.password

    get_tokens(api_for, FORMS[1])

    dana.refresh_from_db()
    assert dana.password == kept


def test_a_new_password_is_judged_in_its_form(api_for: ApiFor) -> None:
    dana = make_user("Dana", password=PASSWORD)

    assert find_password_problems("e\u0301" * 5)
    with pytest.raises(Exception, match="that you have already"):
        change_password(actor=dana, current_password=FORMS[0], new_password=FORMS[1])


@pytest.mark.parametrize(("password", "hashed"), [("ascii-password", 1), (PASSWORD, 3)])
def test_an_unknown_address_takes_as_long_as_a_wrong_password(
    api_for: ApiFor, monkeypatch: pytest.MonkeyPatch, password: str, hashed: int
) -> None:
    make_user("Dana", password="another-password")
    calls: list[str] = []
    encode, verify = hashers.Argon2PasswordHasher.encode, hashers.Argon2PasswordHasher.verify
    monkeypatch.setattr(hashers.Argon2PasswordHasher, "encode", lambda *given: calls.append("encode") or encode(*given))
    monkeypatch.setattr(hashers.Argon2PasswordHasher, "verify", lambda *given: calls.append("verify") or verify(*given))

    get_tokens(api_for, password)
    api_for(None).call("POST", "/auth/token", {"email": "nobody@halyard.example", "password": password})

    assert (calls.count("verify"), calls.count("encode")) == (hashed, hashed)
