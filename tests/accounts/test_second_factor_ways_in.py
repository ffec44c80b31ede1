"""No way in leads past the second factor: by whichever somebody comes, nothing is theirs before the code."""

import ast
import re
from pathlib import Path

import pytest
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import EmailAddress, Login
from allauth.core.context import request_context
from django.conf import settings as configured
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.adapter import AccountAdapter
from accounts.models import LoginAttempt, Session, User
from accounts.services.people import change_password
from accounts.services.tokens import issue_tokens
from tests.accounts.steps import code_of, enrol, labelled_error, wrong_code
from tests.factories import PASSWORD, make_organisation, make_user

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "lighthouse-at-dusk-31"
CODE = "/accounts/code/"
CLOSED = ("/api/v1/me", "/api/v1/orgs", "/settings/", "/admin/", "/")


@pytest.fixture
def dana(db):
    dana = make_user("Dana", password=PASSWORD)
    EmailAddress.objects.create(user=dana, email=dana.email, primary=True)
    return dana


@pytest.fixture
def app(dana):
    return enrol(dana)


def by_password(client, dana, **more):
    return client.post("/accounts/login/", {"login": dana.email, "password": PASSWORD} | more)


def by_reset(client, dana):
    client.post("/accounts/password/reset/", {"email": dana.email})
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body).group()
    form = client.get(link, follow=True).redirect_chain[-1][0]
    return client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})


def by_confirmed_address(client, dana):
    EmailAddress.objects.get(user=dana).send_confirmation(RequestFactory().get("/"))
    link = re.search(r"/accounts/confirm-email/\S+", mail.outbox[-1].body).group()
    return client.post(link)


def by_admin(client, dana):
    User.objects.filter(pk=dana.pk).update(is_staff=True, is_superuser=True)
    door = client.get("/admin/", follow=True).redirect_chain[-1][0]
    return client.post(door, {"login": dana.email, "password": PASSWORD, "next": "/admin/"})


def by_anything_else(client, dana):
    """What providers and whatever comes later call."""
    request = RequestFactory().get("/")
    request.session, request.user = client.session, AnonymousUser()
    request._messages = FallbackStorage(request)
    with request_context(request):
        response = perform_login(request, Login(user=dana))
    request.session.save()
    client.cookies[configured.SESSION_COOKIE_NAME] = request.session.session_key
    return response


def by_sign_up(client, dana):
    return client.post("/accounts/signup/", {"name": "Dana", "email": dana.email, "password1": PASSWORD})


def by_token(client, dana):
    return client.post("/api/v1/auth/token", {"email": dana.email, "password": PASSWORD}, "application/json")


ASKING = [by_password, by_reset, by_admin, by_anything_else]
REFUSING = [by_confirmed_address, by_sign_up, by_token]


@pytest.fixture(autouse=True)
def every_way_is_open(settings):
    # More sign-ins in a minute than allauth takes from one address, of which other tests have the same.
    settings.ACCOUNT_RATE_LIMITS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
    settings.ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True


def is_outside(client):
    """Whether nothing that asks for a person opens to this browser."""
    answers = {path: client.get(path) for path in CLOSED}
    return SESSION_KEY not in client.session and all(
        answer.status_code == 401 or answer.get("Location", "").startswith(("/accounts/login/", "/admin/login/"))
        for answer in answers.values()
    )


@pytest.mark.parametrize("come", ASKING + REFUSING)
def test_nothing_opens_before_the_code(come, client, dana, app):
    come(client, dana)

    assert is_outside(client)


@pytest.mark.parametrize("come", ASKING)
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_each_way_asks_and_the_code_opens(come, kind, client, dana, app):
    assert come(client, dana)["Location"] == CODE
    assert is_outside(client)

    client.post(CODE, {"otp": code_of(app.secret) if kind == "app" else app.recovery_codes[0]})

    assert client.get("/api/v1/me").json()["username"] == "dana"


@pytest.mark.parametrize("come", ASKING)
def test_without_a_second_factor_none_asks(come, client, dana):
    come(client, dana)

    assert client.get("/api/v1/me").status_code == 200


def test_the_gate_itself_holds(client, dana, app):
    request = RequestFactory().get("/")
    request.session = client.session

    with pytest.raises(PermissionDenied):
        AccountAdapter().login(request, dana)


# The page


def test_the_page_asks_for_a_code_and_fills_in_from_messages(client, dana, app):
    by_password(client, dana)

    page = client.get(CODE)

    field = re.search(r'<input[^>]*name="otp"[^>]*>', page.content.decode()).group()
    assert 'autocomplete="one-time-code"' in field
    assert 'inputmode="numeric"' in field
    assert "no-store" in page["Cache-Control"]
    assert 'inputmode="numeric"' not in client.get(f"{CODE}?recovery").content.decode()


@pytest.mark.parametrize("otp", ["", "12345", "not a code", "\0", "9" * 100])
def test_a_wrong_code_keeps_the_page(otp, client, dana, app):
    by_password(client, dana)

    answer = client.post(CODE, {"otp": otp})

    assert answer.status_code == 422
    assert labelled_error(answer, "otp")
    assert is_outside(client)
    assert client.post(CODE, {"otp": code_of(app.secret)}).status_code == 302


def test_nobody_waits_for_a_code_who_has_not_shown_who_they_are(client, dana, app):
    assert client.get(CODE)["Location"] == "/accounts/login/"
    assert client.post(CODE, {"otp": code_of(app.secret)})["Location"] == "/accounts/login/"
    assert client.post(f"{CODE}start-again/")["Location"] == "/accounts/login/"


def test_starting_again_forgets_who_it_was(client, dana, app):
    by_password(client, dana)

    assert client.post(f"{CODE}start-again/")["Location"] == "/accounts/login/"

    assert client.post(CODE, {"otp": code_of(app.secret)})["Location"] == "/accounts/login/"
    assert is_outside(client)


@pytest.mark.parametrize("change", ["password", "locked out", "gone"])
def test_a_sign_in_that_waits_ends_with_its_first_proof(change, client, dana, app):
    by_password(client, dana)
    if change == "password":
        change_password(actor=dana, current_password=PASSWORD, new_password=NEW_PASSWORD)
    elif change == "gone":
        dana.delete()
    else:
        User.objects.filter(pk=dana.pk).update(is_active=False)

    assert client.post(CODE, {"otp": code_of(app.secret)})["Location"] == "/accounts/login/"
    assert is_outside(client)


@pytest.mark.parametrize(("remember", "kept"), [({"remember": "on"}, True), ({}, False)])
def test_staying_signed_in_is_kept_through_the_code(remember, kept, client, dana, app):
    by_password(client, dana, **remember)

    client.post(CODE, {"otp": code_of(app.secret)})

    assert bool(client.cookies[configured.SESSION_COOKIE_NAME]["max-age"]) is kept


def test_the_code_rotates_the_session_and_leads_where_they_were_going(client, dana, app):
    by_password(client, dana, next="/settings/appearance/")
    before = client.session.session_key

    answer = client.post(CODE, {"otp": code_of(app.secret)})

    assert answer["Location"] == "/settings/appearance/"
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_guesses_count_together_over_all_ways(client, dana, app, settings):
    by_password(client, dana)
    for _ in range(5):
        client.post(CODE, {"otp": wrong_code(app.secret)})
        ask_token(client, dana, wrong_code(app.secret))

    assert ask_token(client, dana, code_of(app.secret)).status_code == 429
    assert "Too many attempts" in client.post(CODE, {"otp": code_of(app.secret)}).content.decode()
    assert is_outside(client)


# By token


def ask_token(client, dana, otp):
    body = {"email": dana.email, "password": PASSWORD, "otp": otp}
    return client.post("/api/v1/auth/token", body, "application/json")


def test_a_token_takes_a_code(client, dana, app):
    answers = [by_token(client, dana), ask_token(client, dana, ""), ask_token(client, dana, wrong_code(app.secret))]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (401, "otp_required"),
        (401, "otp_required"),
        (401, "otp_invalid"),
    ]
    assert ask_token(client, dana, code_of(app.secret)).json()["token_type"] == "Bearer"
    assert ask_token(client, dana, code_of(app.secret)).json()["code"] == "otp_invalid"


def test_a_recovery_code_gets_one_token(client, dana, app):
    answers = [ask_token(client, dana, app.recovery_codes[0]) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 401]


def test_a_wrong_password_tells_nothing_of_the_code(client, dana, app):
    body = {"email": dana.email, "password": "wrong", "otp": code_of(app.secret)}

    answer = client.post("/api/v1/auth/token", body, "application/json")

    assert (answer.status_code, answer.json()["code"]) == (401, "bad_credentials")
    assert ask_token(client, dana, code_of(app.secret)).status_code == 200


def test_strangers_do_not_use_up_the_owners_codes(client, dana, app):
    for _ in range(12):
        body = {"email": dana.email, "password": "wrong", "otp": wrong_code(app.secret)}
        client.post("/api/v1/auth/token", body, "application/json", REMOTE_ADDR="203.0.113.9")

    assert ask_token(client, dana, code_of(app.secret)).status_code == 200


def test_a_right_password_without_its_code_is_no_wrong_password(client, dana, app):
    answers = [by_token(client, dana).json()["code"] for _ in range(12)]

    assert set(answers) == {"otp_required"}


def test_tokens_from_before_enrolling_are_dead(client, dana):
    pair = issue_tokens(user=dana)
    enrol(dana)

    refreshed = client.post("/api/v1/auth/token/refresh", {"refresh_token": pair.refresh_token}, "application/json")
    used = client.get("/api/v1/me", headers={"Authorization": f"Bearer {pair.access_token}"})

    assert (refreshed.status_code, used.status_code) == (401, 401)


@pytest.mark.parametrize("otp", [123456, None, ["123456"], "x" * 65, "1\x0023456"])
def test_misshapen_codes_are_refused_or_asked_for_again(otp, client, dana, app):
    assert ask_token(client, dana, otp).status_code == (401 if otp is None else 422)


# The admin


def test_the_admin_sends_staff_without_one_to_enrol(client_for, dana):
    dana.is_staff = dana.is_superuser = True
    dana.save()
    browser = client_for(dana)

    answer = browser.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0] == reverse("accounts:second-factor")
    enrol(dana)
    assert client_for(dana).get("/admin/").status_code == 200


# What is kept


def attempts():
    return list(LoginAttempt.objects.order_by("pk").values_list("method", "outcome", "reason"))


def test_code_steps_are_kept_in_the_browser(client, dana, app):
    by_password(client, dana)
    client.post(CODE, {"otp": wrong_code(app.secret)})
    client.post(CODE, {"otp": code_of(app.secret)})
    by_password(Client(), dana)

    assert attempts() == [
        ("password", "failure", "otp_required"),
        ("second_factor", "failure", "otp_invalid"),
        ("second_factor", "success", ""),
        ("password", "failure", "otp_required"),
    ]


def test_a_recovery_code_is_kept_as_such(client, dana, app):
    by_password(client, dana)
    client.post(CODE, {"otp": app.recovery_codes[0]})

    assert attempts()[-1] == ("recovery_code", "success", "")


def test_code_steps_are_kept_over_rest(client, dana, app):
    by_token(client, dana)
    ask_token(client, dana, wrong_code(app.secret))
    ask_token(client, dana, code_of(app.secret))

    assert attempts() == [
        ("token", "failure", "otp_required"),
        ("token", "failure", "otp_invalid"),
        ("token", "success", ""),
    ]


# One gate


def test_one_module_signs_browsers_in():
    callers = {path for path in our_modules() for name in called_in(path) if name in SIGNING_IN}

    assert {str(path) for path in callers} == {"accounts/adapter.py"}


def test_allauth_signs_in_by_our_gate_alone():
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


def our_modules():
    root = Path(configured.BASE_DIR)
    return [path.relative_to(root) for app in APPS for path in (root / app).rglob("*.py")]


def called_in(path):
    """The last names of what a module calls: `login` of `super().login(…)`."""
    tree = ast.parse((Path(configured.BASE_DIR) / path).read_text())
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {getattr(function, "attr", getattr(function, "id", "")) for function in functions}


def test_members_of_nowhere_and_everywhere_are_asked_alike(client, dana, app):
    make_organisation("Pier", owner=dana)

    assert by_password(client, dana)["Location"] == CODE
