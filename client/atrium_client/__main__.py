"""`python -m atrium_client`: list, create, show, change and complete tasks."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any, List, Optional

from atrium_client import Client, Problem
from atrium_client.finding import Finder

STATUSES = ("pending", "in_progress", "completed")
PRIORITIES = ("none", "low", "medium", "high", "urgent")


def main(arguments: Optional[List[str]] = None) -> int:
    """Run a command; return 0, 1 for what the server refuses, 2 for what is no command."""
    options = build_parser().parse_args(arguments)
    if not options.url or not options.token:
        print("Say where and as whom: --url and --token, or ATRIUM_URL and ATRIUM_TOKEN.", file=sys.stderr)
        return 2
    try:
        client = Client(options.url, options.token)
        answer = options.run(client, Finder(client, options.org), options)
    except (Problem, LookupError, ValueError) as error:
        print(_describe_error(error), file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(answer, indent=2, ensure_ascii=False))
    else:
        for task in answer if isinstance(answer, list) else [answer]:
            print(_describe_task(task, at_length=options.action == "show"))
    return 0


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m atrium_client", description="Tasks of an Atrium server.")
    parser.add_argument("--url", default=os.environ.get("ATRIUM_URL"), help="of the server; else ATRIUM_URL")
    parser.add_argument("--token", default=os.environ.get("ATRIUM_TOKEN"), help="better in ATRIUM_TOKEN")
    parser.add_argument("--org", default=os.environ.get("ATRIUM_ORG"), help="slug of the organisation; else ATRIUM_ORG")
    parser.add_argument("--json", action="store_true", help="print the answers of the server")
    actions = parser.add_subparsers(required=True).add_parser("tasks").add_subparsers(dest="action", required=True)

    found = actions.add_parser("list", help="tasks of a project, or your own open ones")
    found.add_argument("--project", help="key or id")
    found.add_argument("--status", action="append", choices=STATUSES)
    found.add_argument("--query", help="a piece of the title")
    found.add_argument("--limit", type=int, default=50)
    found.set_defaults(run=list_tasks)

    created = actions.add_parser("create", help="a task of a project")
    created.add_argument("title")
    created.add_argument("--project", required=True, help="key or id")
    _add_fields(created)
    created.set_defaults(run=create_task)

    changed = actions.add_parser("update", help="fields of a task")
    changed.add_argument("task", help="key, as HL-12, or id")
    changed.add_argument("--title")
    _add_fields(changed)
    changed.set_defaults(run=update_task)

    shown = actions.add_parser("show", help="a task")
    shown.add_argument("task", help="key, as HL-12, or id")
    shown.set_defaults(run=show_task)
    for name, run in (("complete", complete_tasks), ("reopen", reopen_tasks)):
        each = actions.add_parser(name, help=f"{name} tasks")
        each.add_argument("tasks", nargs="+", help="keys, as HL-12, or ids")
        each.set_defaults(run=run)
    return parser


def list_tasks(client: Client, finder: Finder, options: argparse.Namespace) -> List[Any]:
    query = {"status": options.status, "q": options.query}
    if options.project:
        project = finder.find_project(options.project)
        return finder.collect(lambda **page: client.list_tasks(project, **query, **page), options.limit)
    if not options.status:
        query["status"] = ["pending", "in_progress"]
    return finder.collect(lambda **page: client.list_my_tasks(org=options.org, **query, **page), options.limit)


def create_task(client: Client, finder: Finder, options: argparse.Namespace) -> Any:
    project = finder.find_project(options.project)
    return client.create_task(project, {"title": options.title, **_read_fields(finder, options, project)})


def update_task(client: Client, finder: Finder, options: argparse.Namespace) -> Any:
    task = client.get_task(finder.find_task(options.task))
    changes = _read_fields(finder, options, task["project_id"])
    if options.title is not None:
        changes["title"] = options.title
    if not changes:
        raise ValueError("Say what is to change: see --help.")
    return client.update_task(task["id"], changes)


def show_task(client: Client, finder: Finder, options: argparse.Namespace) -> Any:
    return client.get_task(finder.find_task(options.task))


def complete_tasks(client: Client, finder: Finder, options: argparse.Namespace) -> List[Any]:
    return [client.complete_task(finder.find_task(task)) for task in options.tasks]


def reopen_tasks(client: Client, finder: Finder, options: argparse.Namespace) -> List[Any]:
    return [client.reopen_task(finder.find_task(task)) for task in options.tasks]


def _add_fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--description", help="Markdown")
    parser.add_argument("--status", choices=STATUSES)
    parser.add_argument("--priority", choices=PRIORITIES)
    parser.add_argument("--due", help="a day, as 2026-03-02; empty: none")
    parser.add_argument("--assignee", action="append", help="username of a member of the project; again for more")


def _read_fields(finder: Finder, options: argparse.Namespace, project: str) -> "dict[str, Any]":
    names = ("description", "status", "priority")
    fields = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    if options.due is not None:
        fields["due_date"] = options.due or None
    if options.assignee:
        fields["assignee_ids"] = [finder.find_member(project, name) for name in options.assignee]
    return fields


def _describe_task(task: Any, *, at_length: bool) -> str:
    who = ", ".join(user["name"] for user in task["assignees"])
    facts = (task["key"], task["status"], task["priority"], task["due_date"] or "", who, task["title"])
    if not at_length:
        return "\t".join(facts)
    names = ("Key", "Status", "Priority", "Due", "Assignees", "Title")
    lines = [f"{name + ':':<10} {fact}" for name, fact in zip(names, facts) if fact]
    return "\n".join([*lines, *(["", task["description"]] if task["description"] else [])])


def _describe_error(error: Exception) -> str:
    faults = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in getattr(error, "errors", [])]
    return "\n".join([str(error), *faults])


if __name__ == "__main__":
    sys.exit(main())
