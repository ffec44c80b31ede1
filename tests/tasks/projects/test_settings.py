"""Settings of projects: who may change what, and what the forms refuse."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from chat.models import RoomMember
from tasks.models import Column, Label, Project
from tasks.projects.services.labels import create_label
from tasks.projects.services.states import archive_project
from tests.conftest import ClientFor
from tests.tasks.steps import make_tasks

pytestmark = pytest.mark.django_db

FACTS = {"name": "Night Watch", "key": "", "color": "teal", "visibility": "members"}


def read(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_who_may_not_change_a_project_sees_no_forms_for_it(
    client_for: ClientFor, alice: User, bob: User, project: Project
) -> None:
    path = f"/projects/{project.pk}/settings/"
    admin, member = client_for(alice), client_for(bob)

    assert read(admin, path).count("<form") > 4
    assert member.get(path)["Location"] == f"{path}members/"
    assert member.post(path, FACTS).status_code == 403
    assert "/role/" in read(admin, f"{path}members/") and "/role/" not in read(member, f"{path}members/")
    for action, body in (("archive", {}), ("deletion", {"typed_name": project.name}), ("picture/removal", {})):
        assert member.post(f"/projects/{project.pk}/{action}/", body).status_code == 403


@pytest.mark.parametrize("page", ["", "settings/members/", "settings/columns/", "settings/labels/"])
def test_an_archived_project_can_only_be_read(client_for: ClientFor, alice: User, project: Project, page: str) -> None:
    create_label(actor=alice, project_id=project.pk, name="Paint")
    archive_project(actor=alice, project_id=project.pk)

    main = read(client_for(alice), f"/projects/{project.pk}/{page}").partition('id="main"')[2]

    assert "This project is archived." in main and 'action="/projects/' not in main


def test_settings_are_saved_and_refused(client_for: ClientFor, alice: User, bob: User, project: Project) -> None:
    browser, path = client_for(alice), f"/projects/{project.pk}/settings/"
    sent = FACTS | {"key": "NW", "owner_id": str(bob.pk), "is_template": "on", "visibility": "organisation"}
    assert 'name="announces_tasks" checked' in read(browser, path)

    assert browser.post(path, sent).status_code == 302
    project.refresh_from_db()
    assert (project.name, project.key, project.owner, project.is_template) == ("Night Watch", "NW", bob, True)
    assert project.visibility == "organisation"
    assert not project.announces_tasks and 'name="announces_tasks">' in read(browser, path)
    assert browser.post(path, sent | {"announces_tasks": "on"}).status_code == 302
    project.refresh_from_db()
    assert project.announces_tasks
    assert browser.post(path, sent | {"name": " "}).status_code == 422


def test_a_project_is_deleted_by_its_name_and_restored(client_for: ClientFor, alice: User, project: Project) -> None:
    browser, path = client_for(alice), f"/projects/{project.pk}/"

    wrong = browser.post(f"{path}deletion/", {"typed_name": "Harbour"})
    assert wrong.status_code == 422 and "That is not its name." in wrong.content.decode()
    assert browser.post(f"{path}deletion/", {"typed_name": "Harbour Light"}).status_code == 302
    assert browser.get(path).status_code == 404
    assert browser.post(f"{path}restore/")["Location"] == path
    assert browser.get(path).status_code == 200


def test_columns_are_added_changed_moved_and_deleted(client_for: ClientFor, alice: User, project: Project) -> None:
    browser, path = client_for(alice), f"/projects/{project.pk}/settings/columns/"
    browser.post(path, {"name": "Review", "status": "in_progress"})
    review = Column.objects.get(name="Review")
    first = project.columns.order_by("position").first()
    assert first is not None
    make_tasks(review, 2)

    browser.post(f"{path}{review.pk}/", {"name": "Checks", "status": "pending"})
    browser.post(f"{path}{review.pk}/move/", {"before": str(first.pk)})
    assert [column.name for column in project.columns.order_by("position")][:2] == ["Checks", "To do"]
    refused = browser.post(f"{path}{review.pk}/deletion/")
    assert refused.status_code == 422 and 'role="alert"' in refused.content.decode()
    browser.post(f"{path}{review.pk}/deletion/", {"move_to": str(first.pk)})

    assert not Column.objects.filter(pk=review.pk).exists() and first.tasks.count() == 2


def test_labels_are_added_changed_and_deleted(client_for: ClientFor, bob: User, project: Project) -> None:
    browser, path = client_for(bob), f"/projects/{project.pk}/settings/labels/"
    browser.post(path, {"name": "Paint", "color": "red"})
    label = Label.objects.get()

    assert browser.post(path, {"name": "paint", "color": "red"}).status_code == 422
    browser.post(f"{path}{label.pk}/", {"name": "Varnish", "color": "blue"})
    label.refresh_from_db()
    assert (label.name, label.color) == ("Varnish", "blue")
    browser.post(f"{path}{label.pk}/deletion/")
    assert not Label.objects.exists()


def test_people_are_added_and_leave(
    client_for: ClientFor, alice: User, robin: User, bob: User, project: Project
) -> None:
    path, members = f"/projects/{project.pk}/settings/members/", RoomMember.objects.filter(room=project.channel_id)

    client_for(bob).post(path, {"user_ids": [str(robin.pk)]})
    assert members.filter(user=robin).exists()
    client_for(alice).post(f"{path}{robin.pk}/role/", {"role": "admin"})
    assert members.get(user=robin).role == "admin"
    client_for(alice).post(f"{path}{robin.pk}/removal/")
    assert not members.filter(user=robin).exists()
    assert client_for(bob).post(f"/projects/{project.pk}/leave/").status_code == 302
    assert not members.filter(user=bob).exists()
    assert client_for(alice).post(path, {}).status_code == 422


def test_days_of_a_project_are_chosen_in_its_settings(client_for: ClientFor, alice: User, project: Project) -> None:
    admin, path = client_for(alice), f"/projects/{project.pk}/settings/"

    answer = admin.post(path, FACTS | {"start_date": "2026-03-02", "target_date": "2026-03-01"})
    assert answer.status_code == 422
    assert "done before it begins" in answer.content.decode()
    admin.post(path, FACTS | {"start_date": "2026-03-02"})
    assert 'value="2026-03-02"' in read(admin, path)
    admin.post(path, FACTS)
    project.refresh_from_db()
    assert project.start_date is None
