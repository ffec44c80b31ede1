"""Read the export of a Vikunja account: a zip file with all projects in `data.json`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from tasks.imports.errors import WrongFile
from tasks.imports.readers.files import is_archive, read_members
from tasks.imports.readers.html_markdown import to_markdown
from tasks.imports.readers.json_values import (
    Object,
    check_count,
    get_moment,
    get_number,
    get_object,
    get_text,
    list_objects,
    parse_json,
)
from tasks.imports.source import Source, SourceComment, SourceLink, SourceTask
from tasks.imports.values import guess_status

DATA = "data.json"
# 5 is “do now”.
PRIORITIES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 4}
MAX_PROJECTS_DEEP = 20
PARENT, CHILD = "parenttask", "subtask"


def read_vikunja(path: Path) -> Source:
    """Return the tasks of all projects, labelled by their names if these are several. Raise WrongFile, FileTooLong."""
    if not is_archive(path):
        raise WrongFile(_("This is no export of Vikunja, which is a zip file."))
    data = read_members(path, suffix=DATA).get(DATA)
    if data is None:
        raise WrongFile(_("This is no export of Vikunja: “{name}” is missing."), name=DATA)
    found = parse_json(data)
    if not isinstance(found, list):
        raise WrongFile(_("This is no export of Vikunja: “{name}” is no list of projects."), name=DATA)
    projects = [each for each in _list_projects(found, 0) if each.get("tasks")]
    source = Source()
    for project in projects:
        ProjectReader(source, project, is_labelled=len(projects) > 1).read()
    check_count(source.tasks)
    return source


def _list_projects(value: object, depth: int) -> Iterator[Object]:
    """Yield projects, and those below them."""
    for project in list_objects(value):
        yield project
        if depth < MAX_PROJECTS_DEEP:
            yield from _list_projects(project.get("child_projects"), depth + 1)


class ProjectReader:
    """Makes tasks of those of one project."""

    def __init__(self, source: Source, project: Object, *, is_labelled: bool) -> None:
        self.source, self.project, self.is_labelled = source, project, is_labelled
        self._columns = {get_number(each.get("id")): get_text(each.get("title")) for each in self._list_buckets()}
        # Newer exports name the bucket of a task apart, once for each view.
        self._buckets = {
            get_number(each.get("task_id")): get_number(each.get("bucket_id"))
            for each in reversed(list(list_objects(project.get("task_buckets"))))
            if get_number(each.get("bucket_id")) in self._columns
        }
        self._parents = {
            get_number(child.get("id")): get_number(task.get("id"))
            for task in list_objects(project.get("tasks"))
            for child in list_objects(get_object(task.get("related_tasks")).get(CHILD))
        }

    def read(self) -> None:
        """Add all tasks, and what of them is left out, to the source."""
        for name in self._columns.values():
            if name:
                self.source.columns.setdefault(name, guess_status(name))
        tasks = sorted(list_objects(self.project.get("tasks")), key=lambda each: get_number(each.get("position")))
        for task in tasks:
            title = get_text(task.get("title"))
            if title.strip() and get_number(task.get("id")):
                self._note_losses(task, title)
                self.source.tasks.append(self._read_task(task, title))
            else:
                self.source.notes.add("no_title", get_text(task.get("id")))

    def _list_buckets(self) -> list[Object]:
        """Return the buckets of the first board, which newer exports have several of."""
        buckets = list(list_objects(self.project.get("buckets")))
        views = [get_number(each.get("project_view_id")) for each in buckets]
        first = [each for each in buckets if get_number(each.get("project_view_id")) == views[0]]
        return sorted(first, key=lambda each: get_number(each.get("position")))

    def _read_task(self, task: Object, title: str) -> SourceTask:
        task_id = get_number(task.get("id"))
        bucket = self._buckets.get(task_id) or get_number(task.get("bucket_id"))
        labels = [get_text(each.get("title")) for each in list_objects(task.get("labels"))]
        if self.is_labelled:
            labels.append(get_text(self.project.get("title")))
        parent = next(list_objects(get_object(task.get("related_tasks")).get(PARENT)), {})
        parent_id = get_number(parent.get("id")) or self._parents.get(task_id)
        return SourceTask(
            external_id=f"vikunja:{task_id:.0f}",
            title=title,
            description=to_markdown(get_text(task.get("description"))),
            column=self._columns.get(bucket, ""),
            is_completed=task.get("done") is True,
            is_archived=self.project.get("is_archived") is True,
            priority=PRIORITIES.get(int(get_number(task.get("priority"))), 0),
            labels=[label for label in labels if label],
            people=[_name_user(each) for each in list_objects(task.get("assignees"))],
            start=get_moment(task.get("start_date")),
            due=get_moment(task.get("due_date")) or get_moment(task.get("end_date")),
            parent=f"vikunja:{parent_id:.0f}" if parent_id else "",
            links=[
                SourceLink(get_text(get_object(each.get("file")).get("name")), "")
                for each in list_objects(task.get("attachments"))
            ],
            comments=[_read_comment(each) for each in list_objects(task.get("comments"))],
        )

    def _note_losses(self, task: Object, title: str) -> None:
        """Note what has no place here."""
        notes = self.source.notes
        if count := len(list(list_objects(task.get("attachments")))):
            notes.add("attachments_left_out", title, count=count)
        if get_number(task.get("repeat_after")) or get_number(task.get("repeat_mode")):
            notes.add("repetition_left_out", title)
        if task.get("reminders"):
            notes.add("reminders_left_out", title)
        if set(get_object(task.get("related_tasks"))) - {PARENT, CHILD}:
            notes.add("relations_left_out", title)


def _name_user(user: Object) -> tuple[str, ...]:
    return (get_text(user.get("username")), get_text(user.get("name")), get_text(user.get("email")))


def _read_comment(comment: Object) -> SourceComment:
    author = _name_user(get_object(comment.get("author")))
    name = author[1] or author[0]
    return SourceComment(name, get_text(comment.get("created"))[:10], to_markdown(get_text(comment.get("comment"))))
