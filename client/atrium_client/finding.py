"""Find what people call by keys and names."""

from __future__ import annotations

import uuid
from typing import Any, Callable, List, Optional

from atrium_client.operations import Operations

PAGE = 200


class Finder:
    """Finds projects, tasks and members in an organisation: the one that is named, else the only one."""

    def __init__(self, client: Operations, organisation: Optional[str]) -> None:
        self._client = client
        self._organisation = organisation

    def find_project(self, name: str) -> str:
        """Return the id of a project by its key or id. Raise LookupError."""
        if _is_id(name):
            return name
        slug = self._find_organisation()
        found = self.collect(lambda **page: self._client.list_projects(slug, q=name, **page))
        for project in found:
            if project["key"] == name.upper():
                return str(project["id"])
        raise LookupError(f"There is no project {name.upper()} that you can see.")

    def find_task(self, name: str) -> str:
        """Return the id of a task by its key or id. Raise LookupError."""
        if _is_id(name):
            return name
        found = self._client.list_task_references(self._find_organisation(), keys=name.upper())["items"]
        if not found:
            raise LookupError(f"There is no task {name.upper()} that you can see.")
        return str(found[0]["id"])

    def find_member(self, project: str, username: str) -> str:
        """Return the id of a member of a project by their username. Raise LookupError."""
        members = self.collect(lambda **page: self._client.list_project_members(project, **page))
        for member in members:
            if member["user"]["username"].lower() == username.lower().lstrip("@"):
                return str(member["user"]["id"])
        raise LookupError(f"{username} is not in the project.")

    def collect(self, ask: Callable[..., Any], limit: Optional[int] = None) -> List[Any]:
        """Return the items of all pages of a list, or the first ones."""
        items: List[Any] = []
        cursor = None
        while limit is None or len(items) < limit:
            page = ask(limit=min(PAGE, PAGE if limit is None else limit - len(items)), cursor=cursor)
            items += page["items"]
            cursor = page["next_cursor"]
            if not cursor:
                break
        return items

    def _find_organisation(self) -> str:
        if not self._organisation:
            found = self.collect(self._client.list_organisations)
            if len(found) != 1:
                slugs = ", ".join(each["slug"] for each in found)
                raise LookupError(f"Say which organisation, by --org or ATRIUM_ORG: {slugs or 'you are in none'}.")
            self._organisation = str(found[0]["slug"])
        return self._organisation


def _is_id(text: str) -> bool:
    try:
        return bool(uuid.UUID(text))
    except ValueError:
        return False
