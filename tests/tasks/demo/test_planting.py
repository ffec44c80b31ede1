"""The projects of the sample company."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Organisation, User
from tasks.demo.planting import plant_rows
from tasks.demo.projects import PROJECTS
from tasks.models import Project, Task, TaskChange
from tasks.statistics.queries import load_statistics
from tests.factories import make_membership, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def users(alice: User, bob: User, robin: User, halyard: Organisation) -> dict[str, User]:
    found = {"alice": alice, "bob": bob, "robin": robin}
    for name in {name for plan in PROJECTS for name in plan.people.split()} - found.keys():
        found[name] = make_user(name.capitalize())
        make_membership(halyard, found[name])
    return found


def test_the_sample_has_projects_with_a_past_and_planting_twice_adds_nothing(
    halyard: Organisation, users: dict[str, User]
) -> None:
    now = timezone.now()
    for _ in range(2):
        plant_rows(halyard, users, now)

    assert [project.key for project in Project.objects.order_by("key")] == ["BER", "SEA"]
    assert Task.objects.count() == sum(len(plan.tasks) + sum(len(t.steps) for t in plan.tasks) for plan in PROJECTS)
    berths = Project.objects.get(key="BER")
    assert berths.announces_tasks
    days = load_statistics(project=berths, today=now.date(), days=60, zone=timezone.get_current_timezone()).days
    assert days[0].completed == 0 < days[30].completed < days[-1].completed
    assert not TaskChange.objects.filter(created_at__gt=now).exists()
    assert not Task.objects.filter(completed_at__gt=now - timedelta(hours=1)).exists()
    assert Task.objects.filter(column=None, project=berths).count() == 2
