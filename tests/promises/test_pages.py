"""To whoever has no business in an organisation, none of its pages exist, and to nobody without signing in."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.conftest import ClientFor
from tests.database import watch_rows
from tests.promises.pages import CASES, PAGES
from tests.promises.world import World, made_up

WITH_IDS = {name: page for name, page in PAGES.items() if page.ids}
CLOSED = {name: page for name, page in WITH_IDS.items() if name in CASES and not CASES[name].by_link}
SIGN_IN = "/accounts/login/"
# Different in every answer.
FRESH = re.compile(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def look(world: World) -> Callable[..., Any]:
    """What a browser is answered: by GET, by GET for a script, and by sending the form."""

    def at(browser: Client, name: str, named: dict[str, str]) -> list[tuple[int, str]]:
        address, body = CASES[name].address(PAGES[name], named), CASES[name].body_of(PAGES[name], world.ids)
        answers = [browser.get(address), browser.get(address, headers={"X-Fragment": "1"})]
        answers += [browser.post(address, body)] if body is not None else []
        return [_strip_names(answer, named) for answer in answers if answer.status_code != 405]

    return at


def _strip_names(answer: Any, named: dict[str, Any]) -> tuple[int, str]:
    """The status and all that is in it, without what was asked for."""
    body = answer.getvalue().decode(errors="replace")
    told = f"{answer.get('Location', '')} {FRESH.sub('', body)}"
    for value in named.values():
        # A number may stand for anything.
        told = told if value.isdigit() else told.replace(value, "…")
    return answer.status_code, told


def test_each_page_with_an_id_has_a_case() -> None:
    assert set(CASES) == set(WITH_IDS), "Add a line to tests/promises/pages.py for each new page."


def test_each_page_works_for_who_may(world: World, look: Callable[..., Any], client_for: ClientFor) -> None:
    alice, failures = client_for(world.alice), {}
    for name, page in WITH_IDS.items():
        with transaction.atomic():
            answers = look(alice, name, CASES[name].named(page, world.ids))
            transaction.set_rollback(True)
        if not answers or {status for status, _ in answers} - {200, 302}:
            failures[name] = [status for status, _ in answers]

    assert failures == {}


def test_nobody_sees_a_page_before_signing_in(world: World, look: Callable[..., Any]) -> None:
    nobody, failures = Client(), {}
    for name, page in PAGES.items():
        if page.ids and not CASES[name].by_link:
            answers = look(nobody, name, CASES[name].named(page, world.ids))
        elif not page.ids:
            answers = [_strip_names(each, {}) for each in (nobody.get(page.path), nobody.post(page.path))]
        else:
            continue
        if any(status not in (401, 405) and not told.startswith(SIGN_IN) for status, told in answers):
            failures[name] = answers

    assert failures == {}


def test_get_of_a_post_only_page_answers_405_to_anonymous_and_signed_in_users(
    world: World, client_for: ClientFor
) -> None:
    paths = {name: page.path.format(**{param: world.ids[param] for param in page.ids}) for name, page in PAGES.items()}

    anonymous, signed_in = (
        {name for name, path in paths.items() if browser.get(path).status_code == 405}
        for browser in (Client(), client_for(world.alice))
    )

    assert anonymous == signed_in
    assert signed_in >= {"accounts:session-end", "accounts:deletion", "chat:post", "chat:leave"}


def test_going_back_to_a_page_never_shows_a_part_of_it(world: World, client_for: ClientFor) -> None:
    browser, confused = client_for(world.alice), {}
    paths = [page.path.format(**{param: world.ids[param] for param in page.ids}) for page in PAGES.values()]
    for path in [*paths, *(f"/o/{world.ids['slug']}/{name}/" for name in ("rooms", "people", "search"))]:
        page = browser.get(path)
        if page.status_code == 200 and b"<html" in page.getvalue():
            parts = [browser.get(path, headers={"X-Fragment": kind}) for kind in ("1", "rows")]
            if any(b"<html" not in part.getvalue() for part in parts):
                confused[path] = all("X-Fragment" in answer["Vary"] for answer in (page, *parts))

    assert len(confused) > 5
    assert all(confused.values()), confused


@pytest.mark.parametrize("who", ["charlie", "dana"])
def test_what_is_there_is_like_what_is_not(
    world: World, look: Callable[..., Any], client_for: ClientFor, who: str
) -> None:
    stranger, failures = client_for(getattr(world, who)), {}
    stranger.get("/settings/")
    has_changed = watch_rows()
    for name, page in CLOSED.items():
        there = CASES[name].named(page, world.ids)
        nowhere = {param: made_up(param, value) for param, value in there.items()}
        failures |= _find_difference(name, look(stranger, name, there), look(stranger, name, nowhere))
        if has_changed():
            failures[name] = "something changed"

    assert failures == {}


def test_what_is_there_is_not_found_through_ones_own(
    world: World, look: Callable[..., Any], client_for: ClientFor
) -> None:
    """An id of Halyard beneath a path that leads through Charlie's own organisation or room."""
    charlie, failures = client_for(world.charlie), {}
    charlie.get("/settings/")
    has_changed = watch_rows()
    for name, page in CLOSED.items():
        first, *others = page.ids
        if others:
            there, own = CASES[name].named(page, world.ids), CASES[name].named(page, world.own)
            crossed = there | {first: own[first]}
            nowhere = crossed | {param: made_up(param, there[param]) for param in others}
            failures |= _find_difference(name, look(charlie, name, crossed), look(charlie, name, nowhere))
            if has_changed():
                failures[name] = "something changed"

    assert failures == {}


def _find_difference(name: str, real: list[tuple[int, str]], unreal: list[tuple[int, str]]) -> dict[Any, Any]:
    return {name: (real, unreal)} if real != unreal or {status for status, _ in real} != {404} else {}
