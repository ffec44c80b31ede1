"""System administrators find projects, columns and labels in the admin, and change none there."""

import pytest
from django.urls import reverse

import config.admin_urls  # noqa: F401  finds the lists of all apps
from accounts.models import User
from tasks.models import Project
from tasks.projects.services.labels import create_label
from tests.accounts.steps import enrol
from tests.conftest import ClientFor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", ["project", "column", "label"])
def test_each_list_shows_its_rows_and_is_searched(
    client_for: ClientFor, root: User, alice: User, project: Project, model: str
) -> None:
    enrol(root)
    create_label(actor=alice, project_id=project.pk, name="Paint")
    browser, address = client_for(root), reverse(f"admin:tasks_{model}_changelist")

    assert "Harbour Light" in browser.get(address, {"q": "harbour"}).content.decode()
    assert "Harbour Light" not in browser.get(address, {"q": "elsewhere"}).content.decode()
    assert browser.get(reverse(f"admin:tasks_{model}_add")).status_code == 403
