from django.urls import path

from tasks.board import views as board_views
from tasks.calendar import views as calendar
from tasks.comments import views as comments
from tasks.feeds import views as feeds
from tasks.imports import views as imports
from tasks.lists import views as lists
from tasks.mine import views as mine
from tasks.overview import views as overview
from tasks.projects.urls import urlpatterns as projects
from tasks.sharing import views as sharing
from tasks.statistics import views as statistics
from tasks.task_page import views as task_views
from tasks.timeline import views as timeline
from tasks.triage import views as triage

app_name = "tasks"

urlpatterns = [
    *projects,
    path("projects/<uuid:project_id>/", overview.show_project, name="project"),
    path("projects/<uuid:project_id>/join/", overview.join, name="join_project"),
    path("projects/<uuid:project_id>/channels/", overview.new_channel, name="new_channel"),
    path("projects/<uuid:project_id>/board/", board_views.show_board, name="board"),
    path("projects/<uuid:project_id>/board/changes/", board_views.show_board_changes, name="board_changes"),
    path("projects/<uuid:project_id>/list/", lists.show_list, name="list"),
    path("projects/<uuid:project_id>/calendar/", calendar.show_calendar, name="calendar"),
    path("projects/<uuid:project_id>/triage/", triage.show_triage, name="triage"),
    path("projects/<uuid:project_id>/settings/imports/", imports.upload, name="imports"),
    path("projects/<uuid:project_id>/settings/imports/<uuid:import_id>/", imports.show_import, name="import"),
    path(
        "projects/<uuid:project_id>/settings/imports/<uuid:import_id>/removal/",
        imports.drop_import,
        name="import_removal",
    ),
    path("projects/<uuid:project_id>/statistics/", statistics.show_statistics, name="statistics"),
    path("o/<slug:slug>/projects/timeline/", timeline.show_timeline, name="timeline"),
    path("projects/<uuid:project_id>/settings/sharing/", sharing.edit_share_link, name="sharing"),
    path("projects/<uuid:project_id>/settings/sharing/new/", sharing.renew_link, name="share_link_renewal"),
    path("projects/<uuid:project_id>/settings/sharing/end/", sharing.revoke_link, name="share_link_revocation"),
    path("share/<str:key>/", sharing.show_shared_board, name="shared_board"),
    path("o/<slug:slug>/tasks/", mine.show_my_tasks, name="my_tasks"),
    path("tasks/<uuid:task_id>/", task_views.show_task, name="task"),
    path("tasks/<uuid:task_id>/comments/", comments.show_comments, name="comments"),
    path("settings/calendar/", feeds.edit_feed, name="calendar-feed"),
    path("settings/calendar/end/", feeds.end_feed, name="calendar-feed-end"),
]
