"""Both servers with a small team on each. Ann founds an organisation, Ben joins it, Eve stays outside."""

from typing import Any

import pytest

from tests.live import LiveServer, Person


@pytest.fixture(scope="module", params=["uvicorn", "daphne"])
def server(request: pytest.FixtureRequest, run_server: Any) -> LiveServer:
    return run_server(request.param)


@pytest.fixture(scope="module")
def team(server: LiveServer) -> tuple[Person, Person, Person, str]:
    """Ann founds an organisation, Ben joins it, Eve stays outside."""
    ann, ben, eve = (server.sign_up(name) for name in ("Ann", "Ben", "Eve"))
    slug = ann.found("Halyard")["slug"]
    ann.invite(slug, ben)
    return ann, ben, eve, slug


@pytest.fixture
def room(team: tuple[Person, Person, Person, str]) -> str:
    ann, ben, _, slug = team
    return ann.ask("POST", f"/orgs/{slug}/rooms", {"name": "plans", "kind": "group", "member_ids": [ben.id]})["id"]
