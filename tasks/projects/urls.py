from django.urls import path

from tasks.projects.views import columns, labels, listing, members, settings

urlpatterns = [
    path("o/<slug:slug>/projects/", listing.list_projects, name="projects"),
    path("o/<slug:slug>/projects/new/", listing.new_project, name="new_project"),
    path("o/<slug:slug>/projects/new/key/", listing.suggest_free_key, name="free_key"),
    path("projects/<uuid:project_id>/leave/", members.leave, name="leave_project"),
    path("projects/<uuid:project_id>/settings/", settings.edit_project, name="settings"),
    path("projects/<uuid:project_id>/picture/", settings.set_picture, name="project_picture"),
    path("projects/<uuid:project_id>/picture/removal/", settings.remove_picture, name="project_picture_removal"),
    path("projects/<uuid:project_id>/archive/", settings.archive_project, name="archive_project"),
    path("projects/<uuid:project_id>/unarchive/", settings.unarchive_project, name="unarchive_project"),
    path("projects/<uuid:project_id>/deletion/", settings.delete_project, name="project_deletion"),
    path("projects/<uuid:project_id>/restore/", listing.restore, name="restore_project"),
    path("projects/<uuid:project_id>/settings/members/", members.list_members, name="project_members"),
    path("projects/<uuid:project_id>/settings/members/<uuid:user_id>/role/", members.change_role, name="project_role"),
    path(
        "projects/<uuid:project_id>/settings/members/<uuid:user_id>/removal/",
        members.remove_member,
        name="project_member_removal",
    ),
    path("projects/<uuid:project_id>/settings/columns/", columns.list_columns, name="columns"),
    path("projects/<uuid:project_id>/settings/columns/<uuid:column_id>/", columns.change_column, name="column"),
    path("projects/<uuid:project_id>/settings/columns/<uuid:column_id>/move/", columns.move_column, name="column_move"),
    path(
        "projects/<uuid:project_id>/settings/columns/<uuid:column_id>/deletion/",
        columns.delete_column,
        name="column_deletion",
    ),
    path("projects/<uuid:project_id>/settings/labels/", labels.list_labels, name="labels"),
    path("projects/<uuid:project_id>/settings/labels/<uuid:label_id>/", labels.change_label, name="label"),
    path(
        "projects/<uuid:project_id>/settings/labels/<uuid:label_id>/deletion/",
        labels.delete_label,
        name="label_deletion",
    ),
]
