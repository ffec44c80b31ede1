"""No way in leads past the second factor: by whichever somebody comes, nothing is theirs before the code."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from accounts.sign_in.adapter import AccountAdapter
from tests.accounts.steps import (
    CODE,
    Enrolled,
    by_password,
    by_token,
    code_of,
    enrol,
    is_outside,
)
from tests.accounts.ways_in import (
    by_admin,
    by_anything_else,
    by_confirmed_address,
    by_mailed_code,
    by_provider,
    by_reset,
    by_sign_up,
)
from tests.conftest import ClientFor
from tests.factories import make_organisation
from tests.provider import LiveProvider

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("many_sign_ins")]

ASKING = [by_password, by_reset, by_mailed_code, by_admin, by_provider, by_anything_else]
REFUSING = [by_confirmed_address, by_sign_up, by_token]


@pytest.fixture(autouse=True)
def every_way_is_open(settings: Settings, provider: LiveProvider) -> None:
    settings.THROTTLE = True
    settings.ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
    settings.ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True


@pytest.mark.parametrize("come", ASKING + REFUSING)
def test_nothing_opens_before_the_code(come: Callable[..., Any], client: Client, dana: User, app: Enrolled) -> None:
    come(client, dana)

    assert is_outside(client)


@pytest.mark.parametrize("come", ASKING)
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_each_way_asks_and_the_code_opens(
    come: Callable[..., Any], kind: str, client: Client, dana: User, app: Enrolled
) -> None:
    assert come(client, dana)["Location"] == CODE
    assert is_outside(client)

    client.post(CODE, {"otp": code_of(app.secret) if kind == "app" else app.recovery_codes[0]})

    assert client.get("/api/v1/me").json()["username"] == "dana"


@pytest.mark.parametrize("come", ASKING)
def test_without_a_second_factor_none_asks(come: Callable[..., Any], client: Client, dana: User) -> None:
    come(client, dana)

    assert client.get("/api/v1/me").status_code == 200


def test_the_gate_itself_holds(client: Client, dana: User, app: Enrolled) -> None:
    request = RequestFactory().get("/")
    request.session = client.session

    with pytest.raises(PermissionDenied):
        AccountAdapter().login(request, dana)


def test_members_of_nowhere_and_everywhere_are_asked_alike(client: Client, dana: User, app: Enrolled) -> None:
    make_organisation("Pier", owner=dana)

    assert by_password(client, dana)["Location"] == CODE


def test_the_admin_sends_staff_without_one_to_enrol(client_for: ClientFor, dana: User) -> None:
    dana.is_staff = dana.is_superuser = True
    dana.save()
    browser = client_for(dana)

    answer = browser.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0] == reverse("accounts:second-factor")
    enrol(dana)
    assert client_for(dana).get("/admin/").status_code == 200


# One gate


def test_one_module_signs_browsers_in() -> None:
    callers = {path for path in our_modules() for name in called_in(path) if name in SIGNING_IN}

    # The view hands a passkey's user to allauth, whose stages end in the adapter.
    assert {str(path) for path in callers} == {"accounts/sign_in/adapter.py", "accounts/sign_in/views.py"}


def test_allauth_signs_in_by_our_gate_alone() -> None:
    import allauth

    root = Path(allauth.__file__).parent
    callers = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if "tests" not in path.parts and "django_login" in called_in(path)
    }

    assert callers == {"account/adapter.py"}


SIGNING_IN = {"login", "alogin", "django_login", "auth_login", "force_login", "perform_login", "resume_login"}
APPS = ("accounts", "assets", "chat", "config", "notifications", "tasks")


def our_modules() -> list[Path]:
    root = Path(configured.BASE_DIR)
    return [path.relative_to(root) for app in APPS for path in (root / app).rglob("*.py")]


def called_in(path: Path) -> set[Any]:
    """The last names of what a module calls: `login` of `super().login(…)`."""
    tree = ast.parse((Path(configured.BASE_DIR) / path).read_text())
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {getattr(function, "attr", getattr(function, "id", "")) for function in functions}
