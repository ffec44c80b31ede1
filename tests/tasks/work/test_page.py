"""The filters of a page of tasks, in its address and in its bar."""

import pytest
from django.test import RequestFactory

from accounts.models import User
from tasks.models import Label, Project
from tasks.work.page import build_filter_bar, read_task_query
from tasks.work.queries import load_choices

pytestmark = pytest.mark.django_db


def test_filters_are_read_from_the_address_and_invalid_ones_count_as_absent(rf: RequestFactory) -> None:
    query = read_task_query(
        rf.get("/?q=pier&priority=high&priority=urgent&assignee=me&due=someday&column_id=x&limit=7")
    )

    assert (query.q, query.priority, query.assignee) == ("pier", ["high", "urgent"], ["me"])
    assert (query.due, query.column_id, query.limit) == (None, [], 50)


def test_the_bar_offers_what_a_project_has(rf: RequestFactory, alice: User, bob: User, project: Project) -> None:
    label = Label.objects.create(project=project, name="harbour", color="teal")
    request = rf.get(f"/?label={label.pk}&group=due&sort=title")

    bar = build_filter_bar(
        request, read_task_query(request), load_choices(project), user=alice, keeps=["group", "layout"]
    )

    menus = {menu.name: menu for menu in bar.menus}
    assert [words for _, words, _ in menus["column_id"].choices] == ["To do", "Doing", "Review", "Done"]
    assert [value for value, _, _ in menus["assignee"].choices] == ["me", "none", str(bob.pk)]
    assert menus["label"].choices == [(str(label.pk), "harbour", "teal")]
    assert menus["label"].chosen == {str(label.pk)}
    assert (list(bar.kept), bar.is_narrowed) == ([("group", "due")], True)


def test_an_order_narrows_nothing(rf: RequestFactory, alice: User, project: Project) -> None:
    request = rf.get("/?sort=title&descending=true")

    assert not build_filter_bar(request, read_task_query(request), load_choices(project), user=alice).is_narrowed
