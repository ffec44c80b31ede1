"""One's own settings in the browser: profile, theme, password, devices."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from time_machine import TimeMachineFixture

from accounts.models import Session, User
from tests.accounts.steps import labelled_error
from tests.conftest import ClientFor
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def test_the_profile_is_saved(alice: User, client_for: ClientFor) -> None:
    client_for(alice).post("/settings/", {"name": "Alice Moreau", "username": "alice.m"})

    alice.refresh_from_db()
    assert (alice.name, alice.username) == ("Alice Moreau", "alice.m")


def test_what_was_typed_stays_beside_the_error(alice: User, bob: User, client_for: ClientFor) -> None:
    answer = client_for(alice).post("/settings/", {"name": "Alice <b>", "username": "bob"})

    assert answer.status_code == 422
    assert labelled_error(answer, "username") == "Somebody has this username already."
    assert 'value="Alice &lt;b&gt;"' in answer.content.decode()


@pytest.mark.parametrize(("theme", "attribute"), [("dark", ' data-theme="dark"'), ("system", "")])
def test_the_theme_is_in_the_page_before_any_script(
    alice: User, client_for: ClientFor, theme: str, attribute: str
) -> None:
    browser = client_for(alice)

    browser.post("/settings/appearance/", {"theme": theme})

    page = browser.get("/settings/").content.decode()
    assert f'data-theme-choice="{theme}"{attribute} data-user="{alice.pk}">' in page


@pytest.mark.parametrize(("choice", "kept"), [("send", "send"), ("line", "line"), ("", None), ("shout", None)])
def test_what_enter_does_is_kept_with_the_account(
    alice: User, client_for: ClientFor, choice: str, kept: str | None
) -> None:
    browser = client_for(alice)

    answer = browser.post("/settings/appearance/", {"enter_key": choice})

    assert answer.status_code == (422 if choice == "shout" else 302)
    alice.refresh_from_db()
    assert alice.metadata.get("enter_key") == kept
    page = browser.get("/settings/").content.decode()
    assert (f'data-enter-key="{kept}"' in page) if kept else ("data-enter-key" not in page)


def test_another_setting_of_the_page_keeps_what_enter_does(alice: User, client_for: ClientFor) -> None:
    browser = client_for(alice)
    browser.post("/settings/appearance/", {"enter_key": "line"})

    browser.post("/settings/appearance/", {"theme": "dark"})

    alice.refresh_from_db()
    assert alice.metadata["enter_key"] == "line"


def test_a_new_password_keeps_this_session_and_ends_the_others(client_for: ClientFor) -> None:
    dana = make_user("Dana", password=PASSWORD)
    here, there = client_for(dana), client_for(dana)

    wrong = here.post("/settings/password/", {"current_password": "no", "new_password": "four slow grey gulls"})
    assert labelled_error(wrong, "current_password") == "This is not your password."
    here.post("/settings/password/", {"current_password": PASSWORD, "new_password": "four slow grey gulls"})

    assert here.get("/settings/").status_code == 200
    assert there.get("/settings/").status_code == 302


def test_the_password_that_one_has_is_no_new_one(client_for: ClientFor) -> None:
    dana = make_user("Dana", password=PASSWORD)

    answer = client_for(dana).post("/settings/password/", {"current_password": PASSWORD, "new_password": PASSWORD})

    assert answer.status_code == 422 and "the password that you have already" in answer.content.decode()


def test_guessing_the_password_of_an_open_browser_is_throttled(
    client_for: ClientFor, settings: Settings, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2026-03-01T09:30:00Z")  # all of it within one window
    settings.THROTTLE = True
    browser = client_for(make_user("Dana", password=PASSWORD))
    guess = {"current_password": "no", "new_password": "four slow grey gulls"}

    answers = [browser.post("/settings/password/", guess).content.decode() for _ in range(11)]
    right = browser.post("/settings/password/", guess | {"current_password": PASSWORD})

    assert "Too many attempts" not in answers[9]
    assert "Too many attempts" in answers[10]
    assert right.status_code == 422


def test_devices_are_named_and_ended(alice: User, client_for: ClientFor) -> None:
    here, there = client_for(alice), client_for(alice)
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    there.get("/settings/", headers={"User-Agent": firefox})

    page = here.get("/settings/sessions/").content.decode()
    assert "Firefox on Linux" in page and page.count("This device") == 1
    here.post(reverse("accounts:session-end", args=[Session.objects.get(user_agent=firefox).public_id]))

    assert there.get("/settings/").status_code == 302
    assert here.get("/settings/").status_code == 200


def test_signing_out_elsewhere(alice: User, client_for: ClientFor) -> None:
    here, there = client_for(alice), client_for(alice)

    here.post(reverse("accounts:sessions-elsewhere"))

    assert there.get("/settings/").status_code == 302
    assert here.get("/settings/").status_code == 200


@pytest.mark.parametrize("more", [0, 8])
def test_the_page_of_devices_costs_the_same_for_any_number(
    alice: User, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    browser, *_ = [client_for(alice) for _ in range(1 + more)]
    browser.get("/settings/sessions/")

    with django_assert_num_queries(5):
        browser.get("/settings/sessions/")


def test_nobody_ends_the_session_of_another(alice: User, bob: User, client_for: ClientFor) -> None:
    client_for(alice).get("/settings/")
    session = Session.objects.get(user=alice)

    assert client_for(bob).post(reverse("accounts:session-end", args=[session.public_id])).status_code == 404
