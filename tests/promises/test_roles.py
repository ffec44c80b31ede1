"""Who may do what, as one table: for each request, what each role is answered. A new request is one line more."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import transaction

from accounts.models import User
from accounts.organisations.services.invitations import create_invitation
from chat.messages.services.post import post_message
from chat.rooms.services.rooms import archive_room
from tests.assets.steps import store_picture
from tests.conftest import ApiFor
from tests.factories import make_agent, make_membership, make_organisation, make_room, make_user
from tests.promises.cases import IN_A_MONTH

# All but the last belong to the organisation, and the first six to its group `room`, which the host is the admin of.
ROLES = ("owner", "admin", "member", "guest", "agent", "host", "colleague", "stranger")
TABLE = [
    # own adm mem gue age hos col str
    ("200 200 200 200 200 200 200 404", "GET /orgs/halyard"),
    ("200 200 403 403 403 403 403 404", "PATCH /orgs/halyard", {"name": "Renamed"}),
    ("200 200 403 403 403 403 403 404", "PATCH /orgs/halyard", {"requires_second_factor": True}),
    ("200 200 403 403 403 403 403 404", "PATCH /orgs/halyard", {"link_previews": False}),
    ("200 200 403 403 403 403 403 404", "PATCH /orgs/halyard", {"removes_photo_data": False}),
    ("200 200 403 403 403 403 403 404", "PATCH /orgs/halyard", {"share_links": False}),
    ("200 200 403 403 403 403 403 404", "PATCH /orgs/halyard", {"edit_window": 15}),
    ("200 200 403 403 403 403 403 404", "PATCH /orgs/halyard", {"emoji_by_admins": True}),
    ("200 200 403 403 403 403 403 404", "GET /orgs/halyard/notification-defaults"),
    ("200 200 403 403 403 403 403 404", "PATCH /orgs/halyard/notification-defaults", {"mail_pace": "5m"}),
    ("200 200 200 200 200 200 200 404", "GET /orgs/halyard/emoji"),
    ("200 200 200 200 200 200 200 404", "GET /assets?org=halyard"),
    ("200 200 200 403 200 200 200 404", "GET /orgs/halyard/groups"),
    ("201 201 201 403 201 201 201 404", "POST /orgs/halyard/groups", {"name": "Crew", "handle": "crew"}),
    ("204 403 403 403 403 403 403 404", "DELETE /orgs/halyard"),
    ("200 200 200 200 200 200 200 404", "GET /orgs/halyard/members"),
    ("200 200 403 403 403 403 403 404", "GET /orgs/halyard/invitations"),
    ("201 201 403 403 403 403 403 404", "POST /orgs/halyard/invitations", {}),
    ("201 201 403 403 403 403 403 404", "POST /orgs/halyard/invitations", {"role": "admin"}),
    ("201 403 403 403 403 403 403 404", "POST /orgs/halyard/invitations", {"role": "owner"}),
    ("204 204 403 403 403 403 403 404", "DELETE /orgs/halyard/invitations/{invitation}"),
    ("200 200 403 403 403 403 403 404", "PATCH /orgs/halyard/members/{target}", {"role": "admin"}),
    ("200 403 403 403 403 403 403 404", "PATCH /orgs/halyard/members/{target}", {"role": "owner"}),
    ("200 403 403 403 403 403 403 404", "PATCH /orgs/halyard/members/{founder}", {"role": "member"}),
    ("200 200 403 403 403 403 403 404", "PATCH /orgs/halyard/members/{me}", {"role": "admin"}),
    ("200 200 403 403 403 403 403 404", "GET /orgs/halyard/audit"),
    ("200 200 200 200 200 200 200 404", "GET /orgs/halyard/announcements"),
    ("201 201 403 403 403 403 403 404", "POST /orgs/halyard/announcements", {"text": "Tea at four"}),
    ("204 204 403 403 403 403 403 404", "DELETE /orgs/halyard/members/{target}"),
    ("204 403 403 403 403 403 403 404", "DELETE /orgs/halyard/members/{founder}"),
    ("204 204 204 204 204 204 204 404", "DELETE /orgs/halyard/members/{me}"),
    # Rooms that one may open, and those that one isn't in: an open channel, and a group of others.
    ("201 201 201 403 201 201 201 404", "POST /orgs/halyard/rooms", {"name": "plans", "kind": "channel"}),
    ("201 201 201 201 201 201 201 404", "POST /orgs/halyard/rooms", {"name": "plans", "kind": "group"}),
    ("201 201 201 422 201 201 201 404", "POST /orgs/halyard/rooms/direct", {"user_ids": ["{founder}"]}),
    ("200 200 200 200 200 200 200 404", "GET /orgs/halyard/rooms?browse=true"),
    ("200 200 200 200 200 200 200 404", "GET /search?org=halyard&q=tea"),
    ("200 200 200 404 200 200 200 404", "GET /rooms/{channel}"),
    ("200 200 200 404 200 200 200 404", "GET /rooms/{channel}/messages"),
    ("200 200 200 404 200 200 200 404", "POST /rooms/{channel}/join"),
    ("403 403 403 404 403 403 403 404", "POST /rooms/{channel}/messages", {"content": "hi"}),
    ("403 403 403 404 403 403 403 404", "POST /rooms/{closed}/join"),
    ("200 200 403 404 403 403 403 404", "PATCH /rooms/{channel}", {"name": "renamed"}),
    ("204 204 403 404 403 403 403 404", "DELETE /rooms/{channel}"),
    ("404 404 404 404 404 404 404 404", "GET /rooms/{hidden}"),
    ("404 404 404 404 404 404 404 404", "POST /rooms/{hidden}/join"),
    ("404 404 404 404 404 404 404 404", "DELETE /rooms/{hidden}"),
    # The room.
    ("200 200 200 200 200 200 404 404", "GET /rooms/{room}"),
    ("200 200 200 200 200 200 404 404", "POST /rooms/{room}/join"),
    ("200 200 200 200 200 200 404 404", "GET /rooms/{room}/members"),
    ("200 200 200 200 200 200 404 404", "GET /rooms/{room}/system-messages"),
    ("200 200 200 404 200 200 200 404", "GET /rooms/{channel}/system-messages"),
    ("200 200 403 403 403 200 404 404", "PATCH /rooms/{room}", {"system_messages": False}),
    ("200 200 200 200 200 200 404 404", "GET /rooms/{room}/me"),
    ("200 200 200 200 200 200 404 404", "PATCH /rooms/{room}/me", {"favourite": True}),
    ("404 404 404 404 404 404 404 404", "PATCH /rooms/{channel}/me", {"favourite": True}),
    ("200 200 200 200 200 200 404 404", "GET /rooms/{room}/messages"),
    ("200 200 200 200 200 200 404 404", "GET /rooms/{room}/changes?since=0"),
    ("200 200 200 200 200 200 404 404", "GET /rooms/{room}/pins"),
    ("200 200 200 200 200 200 404 404", "PUT /rooms/{room}/read", {"seq": 1}),
    ("200 200 200 200 200 200 200 404", "POST /orgs/halyard/read"),
    ("200 200 200 200 200 200 404 404", "PUT /rooms/{room}/draft", {"content": "half"}),
    ("403 403 403 404 403 403 403 404", "PUT /rooms/{channel}/draft", {"content": "half"}),
    ("204 204 204 204 204 204 404 404", "DELETE /rooms/{room}/draft"),
    ("201 201 201 201 201 201 404 404", "POST /rooms/{room}/scheduled", {"content": "hi", "send_at": IN_A_MONTH}),
    ("403 403 403 404 403 403 403 404", "POST /rooms/{channel}/scheduled", {"content": "hi", "send_at": IN_A_MONTH}),
    ("200 200 200 200 200 200 404 404", "PUT /messages/{theirs}/reminder", {"remind_at": IN_A_MONTH}),
    ("201 201 201 201 201 201 201 404", "POST /orgs/halyard/reminders", {"note": "x", "remind_at": IN_A_MONTH}),
    ("201 201 201 201 201 201 404 404", "POST /rooms/{room}/messages", {"content": "hi"}),
    ("200 200 200 200 200 200 404 404", "GET /rooms/{room}/commands"),
    ("200 200 200 200 200 200 404 404", "POST /rooms/{room}/commands", {"text": "/me waves"}),
    ("200 200 403 403 403 200 404 404", "POST /rooms/{room}/commands", {"text": "/topic Tea"}),
    ("403 403 403 404 403 403 403 404", "POST /rooms/{channel}/commands", {"text": "/shrug"}),
    ("422 422 422 422 422 422 404 404", "POST /rooms/{room}/commands", {"text": "/nothing"}),
    ("200 200 200 200 200 200 404 404", "PATCH /messages/{mine}", {"content": "ho"}),
    ("204 204 204 204 204 204 404 404", "DELETE /messages/{mine}"),
    ("403 403 403 403 403 403 404 404", "PATCH /messages/{theirs}", {"content": "ho"}),
    ("204 204 403 403 403 204 404 404", "DELETE /messages/{theirs}"),
    ("403 403 403 403 403 403 404 404", "DELETE /messages/{theirs}/assets/{file}"),
    ("201 201 201 201 201 201 404 404", "POST /rooms/{room}/messages", {"asset_ids": ["{file}"]}),
    ("422 422 422 422 422 422 404 404", "POST /rooms/{room}/messages", {"asset_ids": ["{unseen}"]}),
    ("200 200 200 200 200 200 404 404", "GET /assets/{file}"),
    ("403 403 403 403 403 403 404 404", "PATCH /assets/{file}", {"name": "taken over.png"}),
    ("204 204 403 403 403 403 404 404", "DELETE /assets/{file}"),
    ("404 404 404 404 404 404 404 404", "GET /assets/{unseen}"),
    ("200 200 200 200 200 200 404 404", "GET /messages/{theirs}/revisions"),
    ("200 200 200 200 200 200 404 404", "GET /messages/{theirs}/readers"),
    ("201 201 201 201 201 201 404 404", "POST /messages/{theirs}/forward", {"room_id": "{room}"}),
    ("201 201 201 201 201 201 404 404", "POST /messages/{theirs}/report", {"reason": "rude"}),
    ("403 403 403 403 403 403 404 404", "POST /messages/{mine}/report", {"reason": "rude"}),
    ("200 200 403 403 403 403 403 404", "GET /orgs/halyard/reports"),
    ("403 403 403 422 403 403 404 404", "POST /messages/{theirs}/forward", {"room_id": "{channel}"}),
    ("422 422 422 422 422 422 404 404", "POST /messages/{theirs}/forward", {"room_id": "{hidden}"}),
    ("201 201 201 422 201 201 404 404", "POST /messages/{theirs}/forward", {"user_id": "{founder}"}),
    ("200 200 200 200 200 200 404 404", "PUT /messages/{theirs}/reactions/👍"),
    ("200 200 200 200 200 200 404 404", "PUT /messages/{theirs}/pin"),
    ("200 200 200 200 200 200 404 404", "DELETE /messages/{theirs}/pin"),
    ("204 204 204 204 204 204 404 404", "PUT /messages/{theirs}/bookmark"),
    ("200 200 403 403 403 200 404 404", "PATCH /rooms/{room}", {"name": "renamed"}),
    ("200 200 403 403 403 200 404 404", "POST /rooms/{room}/archive"),
    ("204 204 403 403 403 204 404 404", "DELETE /rooms/{room}"),
    ("201 201 201 422 201 201 404 404", "POST /rooms/{room}/members", {"user_id": "{newcomer}"}),
    ("201 201 403 403 403 201 404 404", "POST /rooms/{room}/members", {"user_id": "{newcomer}", "role": "admin"}),
    ("200 200 403 403 403 200 404 404", "PATCH /rooms/{room}/members/{target}", {"role": "admin"}),
    ("200 200 403 403 403 200 404 404", "PATCH /rooms/{room}/members/{me}", {"role": "admin"}),
    ("204 204 403 403 403 204 404 404", "DELETE /rooms/{room}/members/{target}"),
    ("204 204 204 204 204 204 404 404", "POST /rooms/{room}/leave"),
    # One that was archived, and one of two people.
    ("200 200 200 200 200 200 404 404", "GET /rooms/{archived}/messages"),
    ("403 403 403 403 403 403 404 404", "POST /rooms/{archived}/messages", {"content": "hi"}),
    ("403 403 403 403 403 403 404 404", "PUT /messages/{kept}/pin"),
    ("204 204 204 204 204 204 404 404", "PUT /messages/{kept}/bookmark"),
    ("403 403 403 403 403 403 404 404", "POST /rooms/{archived}/members", {"user_id": "{newcomer}"}),
    ("200 200 403 403 403 200 404 404", "POST /rooms/{archived}/unarchive"),
    ("200 200 200 200 200 200 200 404", "GET /rooms/{direct}"),
    ("403 403 403 403 403 403 403 404", "PATCH /rooms/{direct}", {"name": "renamed"}),
    ("403 403 403 403 403 403 403 404", "POST /rooms/{direct}/members", {"user_id": "{newcomer}"}),
    ("403 403 403 403 403 403 403 404", "POST /rooms/{direct}/leave"),
    ("403 403 403 403 403 403 403 404", "DELETE /rooms/{direct}"),
    # Rights come before values: what is wrong with a value is told to those alone who may set it.
    ("422 422 403 403 403 403 403 404", "PATCH /orgs/halyard", {"name": "Bell\u0007"}),
    ("422 422 403 403 403 403 403 404", "POST /orgs/halyard/invitations", {"email": "a\u200bb@halyard.example"}),
    ("422 422 422 403 422 422 422 404", "POST /orgs/halyard/rooms", {"name": "Bell\u0007", "kind": "channel"}),
    ("422 422 403 404 403 403 403 404", "PATCH /rooms/{channel}", {"name": "Bell\u0007"}),
    ("422 422 403 403 403 422 404 404", "PATCH /rooms/{room}", {"topic": "Bell\u0007"}),
    ("403 403 403 403 403 403 403 404", "PATCH /rooms/{direct}", {"name": "Bell\u0007"}),
    ("422 422 422 422 422 422 404 404", "POST /rooms/{room}/messages", {"content": "\u200b"}),
    ("403 403 403 404 403 403 403 404", "POST /rooms/{channel}/messages", {"content": "\u200b"}),
    ("403 403 403 403 403 403 404 404", "POST /rooms/{archived}/messages", {"content": "\u200b"}),
    ("422 422 422 422 422 422 404 404", "PATCH /messages/{mine}", {"content": "\u200b"}),
    ("403 403 403 403 403 403 404 404", "PATCH /messages/{theirs}", {"content": "\u200b"}),
    ("403 403 403 403 403 403 404 404", "PATCH /messages/{kept}", {"content": "\u200b"}),
    ("422 422 422 422 422 422 404 404", "PUT /messages/{theirs}/reactions/tea"),
    ("422 422 422 422 422 422 404 404", "DELETE /messages/{theirs}/reactions/tea"),
    ("403 403 403 403 403 403 404 404", "PUT /messages/{kept}/reactions/tea"),
]


@pytest.fixture
def people(db: None) -> SimpleNamespace:
    """One of each, and those whom something is done to."""
    people = {name: make_user(name) for name in (*ROLES, "founder", "target", "newcomer") if name != "agent"}
    people["agent"] = make_agent("agent")
    halyard = make_organisation("Halyard", owner=people["founder"])
    for name in {*people} - {"founder", "stranger"}:
        role = name if name in ("owner", "admin", "guest") else "member"
        make_membership(halyard, people[name], role=role)
    make_organisation("Elsewhere", owner=people["stranger"])
    return SimpleNamespace(**people, organisation=halyard)


@pytest.fixture
def shared_ids(people: SimpleNamespace) -> dict[str, UUID]:
    """What the table's names stand for, whoever asks."""
    host, target = people.host, people.target
    inside = [people.owner, people.admin, people.member, people.guest, people.agent, target]
    room, old = (make_room(people.organisation, name, admin=host, members=inside) for name in ("design", "old"))
    said = post_message(actor=target, room_id=room.pk, content="Tea?").message
    file, unseen = (store_picture(target, people.organisation, name=f"{name}.png") for name in ("file", "unseen"))
    post_message(actor=target, room_id=room.pk, content="", asset_ids=[file.pk])
    kept = post_message(actor=target, room_id=old.pk, content="Long ago").message
    channel, closed = (make_room(people.organisation, n, admin=target, kind="channel") for n in ("support", "news"))
    archive_room(actor=host, room_id=old.pk)
    archive_room(actor=target, room_id=closed.pk)
    return {
        "room": room.pk,
        "archived": old.pk,
        "channel": channel.pk,
        "closed": closed.pk,
        "hidden": make_room(people.organisation, "hidden", admin=target).pk,
        "theirs": said.pk,
        "file": file.pk,
        "unseen": unseen.pk,
        "kept": kept.pk,
        "invitation": create_invitation(actor=people.founder, slug="halyard").pk,
        **{name: getattr(people, name).pk for name in ("target", "founder", "newcomer")},
    }


@pytest.fixture
def ids_of(people: SimpleNamespace, shared_ids: dict[str, UUID], api_for: ApiFor) -> Callable[..., Any]:
    """The same with what is one's own: a message and a direct room; strangers and colleagues have none there."""

    def build(person: User) -> dict[str, Any]:
        api = api_for(person)
        said = api.call("POST", f"/rooms/{shared_ids['room']}/messages", {"content": "mine"}).json()
        direct = api.call("POST", "/orgs/halyard/rooms/direct", {"user_ids": [str(people.target.pk)]}).json()
        own = {"mine": said.get("id", shared_ids["theirs"]), "direct": direct.get("id", shared_ids["hidden"])}
        return shared_ids | own | {"me": person.pk}

    return build


def filled(body: Any, ids: dict[str, Any]) -> Any:
    if isinstance(body, dict):
        return {name: filled(value, ids) for name, value in body.items()}
    if isinstance(body, list):
        return [filled(value, ids) for value in body]
    return body.format(**ids) if isinstance(body, str) else body


def test_everybody_may_do_what_the_table_says(
    people: SimpleNamespace, ids_of: Callable[..., Any], api_for: ApiFor
) -> None:
    columns = []
    for role in ROLES:
        person = getattr(people, role)
        api, ids, answers = api_for(person), ids_of(person), []
        for _, request, *body in TABLE:
            method, path = filled(request, ids).split()
            with transaction.atomic():
                answers.append(api.call(method, quote(path, safe="/?=&"), *filled(body, ids)).status_code)
                transaction.set_rollback(True)
        columns.append(answers)

    rows = [" ".join(map(str, answers)) for answers in zip(*columns, strict=True)]
    assert [(found, *row) for found, row in zip(rows, TABLE, strict=True) if found != row[0]] == []
