"""Projects are created with all that belongs to them, or not at all."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEntry, Membership, Organisation, User
from chat.models import Room
from lib.realtime.hub import Event
from tasks.models import Project
from tasks.projects.services.projects import create_project
from tests.chat.steps import frames
from tests.conftest import ApiFor
from tests.factories import make_membership, make_user

pytestmark = pytest.mark.django_db

PATH = "/orgs/halyard/projects"
QUERIES = 14


def test_a_project_begins_with_a_channel_columns_and_members(
    api_for: ApiFor, alice: User, bob: User, halyard: Organisation
) -> None:
    body = {"name": " Harbour  Light ", "description": "A **lamp**", "color": "amber", "member_ids": [str(bob.pk)]}

    answer = api_for(alice).call("POST", PATH, body)

    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["name"], made["key"], made["color"]) == ("Harbour Light", "HL", "amber")
    assert made["description_html"] == '<p dir="auto">A <strong>lamp</strong></p>'
    assert (made["visibility"], made["state"], made["role"], made["member_count"]) == ("members", "active", "admin", 2)
    assert made["owner"]["username"] == "alice"
    assert made["tasks"] == {"pending": 0, "in_progress": 0, "completed": 0}
    assert made["channel_id"] == made["id"]
    channel = Room.objects.get(pk=made["id"])
    assert (channel.name, channel.kind, channel.members_only, channel.is_main_channel) == (
        *("general", "channel"),
        *(True, True),
    )
    assert set(channel.members.values_list("user__username", "role")) == {("alice", "admin"), ("bob", "member")}
    columns = api_for(bob).call("GET", f"/projects/{made['id']}/columns").json()["items"]
    assert [(column["name"], column["status"]) for column in columns] == [
        ("To do", "pending"),
        ("In progress", "in_progress"),
        ("Done", "completed"),
    ]


def test_columns_are_named_in_the_language_of_who_creates_them(alice: User, halyard: Organisation) -> None:
    with override("de"):
        project = create_project(actor=alice, slug=halyard.slug, name="Hafenlicht")

    assert list(project.columns.order_by("position").values_list("name", flat=True)) == [
        "Zu erledigen",
        "In Arbeit",
        "Erledigt",
    ]


def test_guests_and_strangers_create_none(api_for: ApiFor, charlie: User, halyard: Organisation) -> None:
    guest = make_user("Greta")
    make_membership(halyard, guest, role=Membership.Role.GUEST)

    assert api_for(guest).call("POST", PATH, {"name": "Mine"}).status_code == 403
    assert api_for(charlie).call("POST", PATH, {"name": "Mine"}).status_code == 404
    assert not Project.objects.exists() and not Room.objects.filter(main_channel__isnull=False).exists()


def test_a_stranger_is_no_member(api_for: ApiFor, alice: User, charlie: User, halyard: Organisation) -> None:
    answer = api_for(alice).call("POST", PATH, {"name": "Ours", "member_ids": [str(charlie.pk)]})

    assert answer.status_code == 422
    assert not Project.objects.exists() and not Room.objects.filter(main_channel__isnull=False).exists()


def test_keys_are_unique_in_an_organisation(api_for: ApiFor, alice: User, charlie: User, halyard: Organisation) -> None:
    made = [api_for(alice).call("POST", PATH, {"name": "Atrium"}).json()["key"] for _ in range(3)]

    assert made == ["ATR", "ATR2", "ATR3"]
    taken = api_for(alice).call("POST", PATH, {"name": "Other", "key": "atr"})
    assert (taken.status_code, taken.json()["code"]) == (409, "taken")
    assert Room.objects.filter(main_channel__isnull=False).count() == 3
    elsewhere = api_for(charlie).call("POST", "/orgs/elsewhere/projects", {"name": "Other", "key": "ATR"})
    assert elsewhere.status_code == 201


@pytest.mark.parametrize("key", ["A", "1AB", "TOOLONG", "Ä1", "A B"])
def test_what_is_no_key_is_refused(api_for: ApiFor, alice: User, halyard: Organisation, key: str) -> None:
    assert api_for(alice).call("POST", PATH, {"name": "Other", "key": key}).status_code == 422


def test_a_project_is_told_to_its_members_alone(
    alice: User,
    bob: User,
    halyard: Organisation,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        create_project(actor=alice, slug=halyard.slug, name="Harbour Light", member_ids=[bob.pk])

    told = {event.topic for event, frame in _pair_frames(published) if frame["type"] == "project.created"}
    assert told == {f"user:{alice.pk}", f"user:{bob.pk}"}
    assert f"commons:{halyard.pk}" not in {event.topic for event in published}


def test_an_open_project_is_told_to_all_of_the_organisation(
    alice: User,
    halyard: Organisation,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        create_project(actor=alice, slug=halyard.slug, name="Harbour Light", visibility="organisation")

    told = {event.topic for event, frame in _pair_frames(published) if frame["type"] == "project.created"}
    assert f"commons:{halyard.pk}" in told


def test_a_creation_is_recorded(project: Project, alice: User) -> None:
    entry = AuditEntry.objects.get(table_name="tasks_project")

    assert (entry.action, entry.user, entry.changes["key"]) == ("create", alice, [None, "HL"])


def test_creating_takes_as_many_queries_for_five_members_as_for_one(
    alice: User, bob: User, halyard: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [make_user(f"Person {n}") for n in range(5)]
    for person in people:
        make_membership(halyard, person)
    with django_assert_num_queries(QUERIES):
        create_project(actor=alice, slug=halyard.slug, name="One", member_ids=[bob.pk])
    with django_assert_num_queries(QUERIES):
        create_project(actor=alice, slug=halyard.slug, name="Five", member_ids=[person.pk for person in people])


def _pair_frames(published: list[Event]) -> list[tuple[Event, dict[str, object]]]:
    return list(zip([event for event in published if event.frame], frames(published), strict=True))
