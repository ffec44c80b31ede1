"""Both servers with a small team on each. Ann founds an organisation, Ben joins it, Eve stays outside."""

import pytest


@pytest.fixture(scope="module", params=["uvicorn", "daphne"])
def server(request, run_server):
    return run_server(request.param)


@pytest.fixture(scope="module")
def team(server):
    """Ann founds an organisation, Ben joins it, Eve stays outside."""
    ann, ben, eve = (server.sign_up(name) for name in ("Ann", "Ben", "Eve"))
    slug = ann.found("Halyard")["slug"]
    ann.invite(slug, ben)
    return ann, ben, eve, slug


@pytest.fixture
def room(team):
    ann, ben, _, slug = team
    return ann.ask("POST", f"/orgs/{slug}/rooms", {"name": "plans", "kind": "group", "member_ids": [ben.id]})["id"]
