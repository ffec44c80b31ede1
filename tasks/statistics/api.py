"""REST: the numbers of a project, and its tasks as CSV."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import Query, Router

from accounts.requests import ApiRequest
from lib.text.time_zones import find_zone
from lib.web.csv_export import answer_csv
from lib.web.openapi import ID, show_example
from lib.web.schemas import Format
from tasks.models import Project
from tasks.statistics.csv_export import export_tasks
from tasks.statistics.queries import load_statistics
from tasks.statistics.schemas import StatisticsOut, StatisticsQuery

router = Router(tags=["tasks"])

DAY = {"day": "2026-03-01", "pending": 7, "in_progress": 3, "completed": 12, "completed_on_day": 2}
STATISTICS = {
    "days": [DAY],
    "weeks": [{"monday": "2026-02-23", "completed": 9}],
    "cycle_time": {"count": 12, "median_seconds": 93_600, "p85_seconds": 259_200},
    "open_by_assignee": [{"user_id": ID, "name": "Alice Moreau", "count": 4}],
}
STATISTICS_CSV = '"Day","Pending","In progress","Completed","Completed on the day"\r\n"2026-03-01","7","3","12","2"\r\n'
TASKS_CSV = (
    '"Key","Title","Status","Column","Priority","Assignees","Labels","Start","Due","Estimate (s)","Time spent (s)",'
    '"Parent","Owner","Created","Completed","External id","Description","Id"\r\n'
    '"ATR-12","Mend the light of the pier","pending","To do","high","alice","harbour","","2026-03-02","7200","0",'
    '"","alice","2026-03-01T09:30:00.000Z","","","It blinks *twice* as fast.",'
    f'"{ID}"\r\n'
)


@router.get(
    "/projects/{project_id}/statistics",
    response=StatisticsOut,
    openapi_extra=show_example(STATISTICS, csv=STATISTICS_CSV),
)
def get_statistics(
    request: ApiRequest, project_id: UUID, query: Query[StatisticsQuery], format: Format = "json"
) -> StatisticsOut | HttpResponseBase:
    """Return the numbers of a project behind its plots, day by day; with `format=csv` the days for a spreadsheet."""
    project = Project.objects.visible_to(request.auth).get(pk=project_id)
    zone = find_zone(request.auth.time_zone) or timezone.get_current_timezone()
    today = timezone.localdate(timezone=zone)
    numbers = load_statistics(project=project, today=today, days=query.days, zone=zone)
    if format == "json":
        return numbers
    rows = [(d.day, d.pending, d.in_progress, d.completed, d.completed_on_day) for d in numbers.days]
    header = ("Day", "Pending", "In progress", "Completed", "Completed on the day")
    return answer_csv([header, *rows], name=f"{project.key.lower()}-statistics")


@router.get("/projects/{project_id}/export.csv", openapi_extra=show_example(csv=TASKS_CSV))
def export_project_tasks(request: ApiRequest, project_id: UUID) -> HttpResponse | HttpResponseBase:
    """Return all tasks of a project as CSV, for a spreadsheet or another system."""
    return export_tasks(Project.objects.visible_to(request.auth).get(pk=project_id))
