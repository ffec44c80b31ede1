"""Find the members of a project that a file names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from uuid import UUID

from chat.imports.notes import Notes
from chat.models import RoomMember
from lib.text.folding import fold_text
from tasks.imports.values import split_list
from tasks.models import MAX_ASSIGNEES, Project


class People:
    """The active members of a project by username, e-mail address, and by name where only one has it."""

    def __init__(self, project: Project) -> None:
        members = RoomMember.objects.filter(room=project.pk, user__is_active=True).select_related("user")
        users = [member.user for member in members]
        names = Counter(fold_text(user.name) for user in users)
        self._ids = {fold_text(user.name): user.pk for user in users if names[fold_text(user.name)] == 1}
        self._ids |= {user.email.lower(): user.pk for user in users if user.email}
        self._ids |= {user.username.lower(): user.pk for user in users}

    def find_users(self, names: Iterable[tuple[str, ...]], notes: Notes) -> list[UUID]:
        """Return the members that are meant, each by some names. Who is not found is noted."""
        found: dict[UUID, None] = {}
        for each in self._split_cells(names):
            if user_id := next(filter(None, map(self._find_user, each)), None):
                found[user_id] = None
            else:
                notes.add("unknown_person", next(filter(None, each), ""))
        return list(found)[:MAX_ASSIGNEES]

    def _split_cells(self, names: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
        """Yield the names of each; a cell of a table may name several people, or one with a comma in their name."""
        for each in names:
            if len(each) > 1 or self._find_user(each[0]):
                yield each
            else:
                yield from ((name,) for name in split_list(each[0]))

    def _find_user(self, name: str) -> UUID | None:
        folded = fold_text(name.strip().lstrip("@"))
        return self._ids.get(folded)
