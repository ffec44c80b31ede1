"""What every page has: the headers, the look when something is wrong, the reader's clock."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.finders import find
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from accounts.profiles.middleware import TimezoneMiddleware
from config.static_files.storage import JoinedStorage
from lib.text.time_zones import find_zone


def policy_of(response: Any) -> dict[str, list[str]]:
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {directive: sources for directive, *sources in parts}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/join/made-up/", "/nothing/"])
def test_only_our_own_script_runs(client: Client, path: str) -> None:
    response = client.get(path)
    policy = policy_of(response)

    nonce = policy["script-src"][1]
    assert policy["script-src"] == ["'self'", nonce] and nonce.startswith("'nonce-")
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert not [source for sources in policy.values() for source in sources if "unsafe" in source]
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=(self), microphone=(self)" in response["Permissions-Policy"]


@pytest.mark.django_db
def test_inline_script_carries_the_nonce_of_its_answer(client: Client) -> None:
    responses = [client.get("/accounts/login/") for _ in range(2)]
    nonces = [
        re.search(r'<script type="importmap" nonce="([^"]+)"', each.content.decode()).group(1) for each in responses
    ]

    assert nonces[0] != nonces[1]
    assert f"'nonce-{nonces[0]}'" in policy_of(responses[0])["script-src"]
    assert re.findall(r"<script(?![^>]* (?:src|nonce)=)", responses[0].content.decode()) == []


def test_what_is_no_page_loads_nothing(client: Client) -> None:
    assert policy_of(client.get("/api/v1/nothing"))["default-src"] == ["'none'"]


def test_the_last_page_needs_neither_request_nor_database() -> None:
    page = render_to_string("500.html")

    assert "Something went wrong on the server" in page and "Traceback" not in page


@pytest.mark.django_db
def test_a_failure_shows_the_page_and_no_trace(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.DEBUG = False
    monkeypatch.setattr("accounts.onboarding.views.read_invitation", lambda token: 1 / 0)

    answer = Client(raise_request_exception=False).get("/join/x/")

    assert answer.status_code == 500
    assert (
        "Something went wrong on the server" in answer.content.decode()
        and "ZeroDivisionError" not in answer.content.decode()
    )


@pytest.mark.django_db
def test_a_stale_form_is_explained() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a@x.example", "password": "x"})

    assert answer.status_code == 403
    assert "session expired" in answer.content.decode()


@pytest.mark.parametrize("name", ["Europe/Lisbon", "America/Argentina/Buenos_Aires", "UTC"])
def test_clocks_are_known(name: str) -> None:
    assert str(find_zone(name)) == name


@pytest.mark.parametrize("name", ["", "Nowhere/Land", "../../etc/passwd", "/etc/localtime", "Europe", "\0", "x" * 65])
def test_other_names_are_nothing(name: str) -> None:
    assert find_zone(name) is None


def test_times_are_those_of_the_reader(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.COOKIES["tz"] = "Asia/Tokyo"
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)

    assert TimezoneMiddleware(lambda _: timezone.localtime(noon).hour)(request) == 21
    assert timezone.localtime(noon).hour == 12


def test_every_icon_that_templates_name_is_in_the_sprite() -> None:
    with open(find("img/icons.svg")) as sprite:
        known = set(re.findall(r'<symbol id="([\w-]+)"', sprite.read()))
    named = set()
    for directory in engines["django"].template_dirs:
        for template in directory.rglob("*.html"):
            named |= set(re.findall(r'(?:{% icon(?:_button)? | icon(?:_after)?=)"([\w-]+)"', template.read_text()))

    assert named and named <= known


def test_every_line_of_a_template_fits_a_screen() -> None:
    long = [
        f"{path.relative_to(root)}:{number}"
        for root in engines["django"].template_dirs
        for path in root.rglob("*.html")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > 120
    ]

    assert long == []


def test_every_fragment_names_its_inputs_in_its_first_line() -> None:
    fragments = [path for root in engines["django"].template_dirs for path in root.rglob("_*.html")]

    assert fragments and [path.name for path in fragments if not path.read_text().startswith("{#")] == []


def test_every_stylesheet_is_linked_once() -> None:
    linked = re.findall(r'"/static/css/([^"]+)"', render_to_string("_styles.html"))

    assert sorted(linked) == sorted(path.name for path in Path(find("css")).glob("*.css"))


def test_a_file_never_collected_keeps_its_name(tmp_path: Path) -> None:
    storage = JoinedStorage(location=tmp_path, base_url="/static/")
    storage.hashed_files["css/base.css"] = "css/base.123.css"

    assert storage.stored_name("css/base.css") == "css/base.123.css"
    assert storage.stored_name("css/none.css") == "css/none.css"
