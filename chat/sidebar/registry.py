"""Know what apps above add to the sidebar: links to their pages, and sections that hold rooms of theirs.

As they get ready, apps append modules with `list_links` and `load_sections` to `sources`: deferred ones, so that a
server starts without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol
from uuid import UUID

from accounts.models import Organisation, User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class SidebarLink(NamedTuple):
    """A link to a page. It is marked where the page that is open is called `here`."""

    label: StrOrPromise
    url: str
    icon: str
    here: str


class SidebarSection(NamedTuple):
    """A section for the rooms whose main channel is `id`. Its name is a link, which is marked as links are."""

    id: UUID
    name: str
    color: str
    picture_url: str | None
    url: str
    here: str
    links: tuple[SidebarLink, ...]


class Source(Protocol):
    """What an app adds to the sidebar."""

    def list_links(self, *, organisation: Organisation) -> Sequence[SidebarLink]:
        """Return links that stand above all rooms of an organisation."""

    def load_sections(self, *, user: User, organisation: Organisation) -> Sequence[SidebarSection]:
        """Return the sections of a user in the order in which they are shown. One prepared query."""


sources: list[Source] = []


def list_links(organisation: Organisation) -> list[SidebarLink]:
    """Return the links of all apps to their pages in an organisation."""
    return [link for source in sources for link in source.list_links(organisation=organisation)]


def load_sections(user: User, organisation: Organisation) -> list[SidebarSection]:
    """Return the sections that all apps add to the sidebar of a user in an organisation."""
    return [section for source in sources for section in source.load_sections(user=user, organisation=organisation)]
