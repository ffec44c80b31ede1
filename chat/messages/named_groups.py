"""Find the groups of users that a message names, and who of them is in its room."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import User
from chat.messages.recipients import may_broadcast
from chat.models import UserGroup, UserGroupMember
from lib.text.markdown.document import Mark

# Of each all members are loaded; a text has room for a thousand handles. Further ones stay text.
MAX_NAMED_GROUPS = 20
SHOWN = re.compile(r'data-group="([0-9a-f-]{36})"(?: data-told="([0-9a-f -]*)")?>@([^<]+)<')


@dataclass(frozen=True, slots=True)
class NamedGroups:
    """The groups that a text may name, by handle: how each is shown, and its members, but for the author.

    Of each member whether they are in the room. A guest does not learn who is in a group and not in the room.
    """

    marks: dict[str, Mark] = field(default_factory=dict)
    members: dict[str, list[tuple[User, bool]]] = field(default_factory=dict)

    def list_members(self, named: Collection[str]) -> list[tuple[User, bool]]:
        """Return the members of the groups among the names that a text has."""
        return [member for handle, members in self.members.items() if handle in named for member in members]


def find_groups(handles: Collection[str], *, author: User, room_id: UUID) -> NamedGroups:
    """Return the groups of a room's organisation with these handles. One query where there is none, else three."""
    if not handles:
        return NamedGroups()
    found = UserGroup.objects.filter(handle__in=handles, organisation__rooms=room_id)
    groups = dict(found.order_by("handle").values_list("pk", "handle")[:MAX_NAMED_GROUPS])
    if not groups:
        return NamedGroups()
    members: defaultdict[str, list[tuple[User, bool]]] = defaultdict(list)
    sees_absent = may_broadcast(author, room_id)
    rows = UserGroupMember.objects.with_presence_in(room_id).filter(group__in=groups, user__is_active=True)
    for row in rows.exclude(user=author).order_by("pk"):
        if row.is_in_room or sees_absent:
            members[groups[row.group_id]].append((row.user, bool(row.is_in_room)))
    marks = {}
    for group_id, handle in groups.items():
        told = " ".join(str(user.pk) for user, is_in_room in members[handle] if is_in_room)
        marks[handle] = Mark("group", str(group_id), told)
    return NamedGroups(marks, dict(members))


def read_group_marks(html: str) -> dict[str, Mark]:
    """Return the groups that a stored message shows, by handle, as it shows them."""
    marks: dict[str, Mark] = {}
    for group_id, told, typed in SHOWN.findall(html):
        marks.setdefault(typed.lower(), Mark("group", group_id, told))
    return marks
