"""REST: the tasks that the caller has to do."""

from __future__ import annotations

from django.utils import timezone
from ninja import Query, Router

from accounts.models import Organisation
from accounts.requests import ApiRequest
from lib.text.time_zones import find_zone
from lib.web.openapi import show_example, wrap_page
from tasks.mine.queries import find_my_tasks
from tasks.mine.schemas import MyTaskQuery
from tasks.work.api.examples import TASK
from tasks.work.filters import filter_tasks
from tasks.work.queries import load_page
from tasks.work.schemas import TaskPage

router = Router(tags=["tasks"])


@router.get("/me/tasks", response=TaskPage, openapi_extra=show_example(wrap_page(TASK) | {"total": 1}))
def list_my_tasks(request: ApiRequest, query: Query[MyTaskQuery]) -> TaskPage:
    """List the tasks that you are an assignee of, in all projects that you see, archived ones left out.

    `org` narrows them to one organisation; `due` and days go by the time zone of your account.
    """
    user = request.auth
    mine = find_my_tasks(user)
    if query.org:
        organisation = Organisation.objects.visible_to(user).get(slug=query.org)
        mine = mine.filter(project__organisation=organisation)
    today = timezone.localdate(timezone=find_zone(user.time_zone))
    return load_page(filter_tasks(mine, query, user=user, today=today), query)
