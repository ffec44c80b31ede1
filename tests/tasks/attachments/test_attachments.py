"""Files of tasks: who sees them, and what becomes of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from assets.cleanup.services import delete_orphaned_assets
from assets.models import Asset
from assets.storing.services import delete_asset
from lib.jobs import run_due_jobs
from tasks.attachments.services import attach_files
from tasks.models import Project, Task, TaskAttachment, TaskChange
from tasks.work.services.creating import create_task
from tasks.work.services.deleting import delete_task
from tests.assets.steps import store_picture
from tests.conftest import ApiFor

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(alice: User, project: Project) -> Task:
    return create_task(actor=alice, project_id=project.pk, title="Paint")


@pytest.fixture
def picture(alice: User, halyard: Organisation) -> Asset:
    return store_picture(alice, halyard)


def test_who_sees_the_task_sees_its_files(
    api_for: ApiFor, alice: User, bob: User, robin: User, task: Task, picture: Asset
) -> None:
    assert not Asset.objects.visible_to(bob).exists()

    attach_files(actor=alice, task_id=task.pk, asset_ids=[picture.pk])

    assert api_for(bob).call("GET", f"/assets/{picture.pk}").status_code == 200
    assert api_for(robin).call("GET", f"/assets/{picture.pk}").status_code == 404
    [shown] = api_for(bob).call("GET", f"/tasks/{task.pk}/attachments").json()["items"]
    assert shown["asset"]["name"] == "harbour.png"
    assert api_for(bob).call("GET", f"/tasks/{task.pk}").json()["attachment_count"] == 1
    delete_task(actor=alice, task_id=task.pk)
    assert api_for(bob).call("GET", f"/assets/{picture.pk}").status_code == 404


def test_files_are_attached_once_and_taken_off(api_for: ApiFor, alice: User, task: Task, picture: Asset) -> None:
    api, path = api_for(alice), f"/tasks/{task.pk}/attachments"

    for _ in range(2):
        answer = api.call("POST", path, {"asset_ids": [str(picture.pk)]})
        assert (answer.status_code, len(answer.json()["items"])) == (201, 1)
    assert api.call("DELETE", f"{path}/{picture.pk}").status_code == 204
    assert api.call("DELETE", f"{path}/{picture.pk}").status_code == 404

    changes = TaskChange.objects.filter(field="asset_ids").order_by("version")
    assert [(each.before, each.after) for each in changes] == [([], [str(picture.pk)]), ([str(picture.pk)], [])]
    assert Asset.objects.visible_to(alice).get() == picture


def test_files_that_the_actor_does_not_see_are_refused(
    api_for: ApiFor, bob: User, charlie: User, task: Task, picture: Asset
) -> None:
    elsewhere = Organisation.objects.get(slug="elsewhere")
    foreign = store_picture(charlie, elsewhere, name="foreign.png")
    for asset in (picture, foreign):
        body = {"asset_ids": [str(asset.pk)]}
        assert api_for(bob).call("POST", f"/tasks/{task.pk}/attachments", body).status_code == 422
        assert api_for(charlie).call("POST", f"/tasks/{task.pk}/attachments", body).status_code == 404
    assert api_for(charlie).call("GET", f"/tasks/{task.pk}/attachments").status_code == 404
    assert not TaskAttachment.objects.exists()


def test_a_deleted_file_leaves_its_tasks(api_for: ApiFor, alice: User, task: Task, picture: Asset) -> None:
    attach_files(actor=alice, task_id=task.pk, asset_ids=[picture.pk])

    delete_asset(actor=alice, asset_id=picture.pk)

    assert api_for(alice).call("GET", f"/tasks/{task.pk}/attachments").json()["items"] == []
    run_due_jobs()
    assert not TaskAttachment.objects.exists()
    assert TaskChange.objects.filter(field="asset_ids", after=[]).exists()


def test_an_attached_file_is_no_orphan(alice: User, halyard: Organisation, task: Task, picture: Asset) -> None:
    unused = store_picture(alice, halyard, name="unused.png")
    attach_files(actor=alice, task_id=task.pk, asset_ids=[picture.pk])
    delete_task(actor=alice, task_id=task.pk)

    delete_orphaned_assets(after=timedelta())

    assert not Asset.objects.not_deleted().filter(pk=unused.pk).exists()
    assert Asset.objects.not_deleted().get() == picture


def test_a_list_of_files_costs_the_same_for_few_and_many(
    api_for: ApiFor,
    alice: User,
    halyard: Organisation,
    task: Task,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    api = api_for(alice)
    for count in (1, 5):
        files = [store_picture(alice, halyard, name=f"{count}-{number}.png") for number in range(count)]
        attach_files(actor=alice, task_id=task.pk, asset_ids=[each.pk for each in files])
        with django_assert_num_queries(5):
            assert api.call("GET", f"/tasks/{task.pk}/attachments").status_code == 200
