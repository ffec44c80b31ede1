"""Say what the notes in the report of an import mean."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOTES = {
    "column_left_out": _("Columns of the table that were left out"),
    "no_title": _("Rows without a title were left out"),
    "repeated_id": _("Tasks with an id that another one has were left out"),
    "rounded_id": _("Ids that a spreadsheet has rounded: these tasks are told apart by all of their cells"),
    "unknown_date": _("Dates that can’t be read were left out"),
    "unknown_priority": _("Priorities that can’t be read were left out"),
    "unknown_duration": _("Durations that can’t be read were left out"),
    "unknown_person": _("People who are not in the project were left out"),
    "unknown_parent": _("Sub-tasks whose parent is not in the file became tasks of their own"),
    "too_deep": _("Sub-tasks that lie too deep hang higher"),
    "start_after_due": _("Start dates after the due date were left out"),
    "title_cut": _("Long titles were shortened; their descriptions begin with them"),
    "description_cut": _("Long descriptions were shortened"),
    "checklist_left_out": _("Check lists had no room in the description"),
    "links_left_out": _("Links to attachments had no room in the description"),
    "comments_left_out": _("Comments had no room in the description"),
    "too_many_columns": _("Columns were left out: the board has as many as it can have"),
    "too_many_labels": _("Labels were left out: the project has as many as it can have"),
    "archived_completed": _("Archived tasks were completed"),
    "completed_moved": _("Completed tasks went to the first column for what is done"),
    "attachments_linked": _("Attachments stay where they are: descriptions link to them"),
    "attachments_left_out": _("Attachments were left out; descriptions name them"),
    "own_fields": _("Fields of one’s own were left out"),
    "trello_actions_cut": _("Trello exports the latest 1,000 actions alone: older comments are missing in the file"),
    "date_in_words": _("Dates in words, as “every day”, stand in the description"),
    "repetition_left_out": _("Repetitions were left out"),
    "reminders_left_out": _("Reminders were left out"),
    "relations_left_out": _("Relations other than sub-tasks were left out"),
    "failed": _("Tasks could not be stored"),
}
