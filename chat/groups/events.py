"""Announce groups of users to the members of their organisation, but not to guests."""

from __future__ import annotations

from uuid import UUID

from chat.groups.schemas import GroupOut
from chat.models import UserGroup
from chat.topics import commons_topic
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event


def group_created(group: UserGroup) -> None:
    """Announce a new group."""
    publisher.publish(_address_frame(group.organisation_id, "group.created", group=GroupOut.of(group)))


def group_updated(group: UserGroup) -> None:
    """Announce the name of a group, or how many members it has now."""
    publisher.publish(_address_frame(group.organisation_id, "group.updated", group=GroupOut.of(group)))


def group_deleted(*, organisation_id: UUID, group_id: UUID) -> None:
    """Announce that a group is gone."""
    publisher.publish(_address_frame(organisation_id, "group.deleted", group_id=group_id))


def _address_frame(organisation_id: UUID, kind: str, **fields: object) -> list[Event]:
    payload = encode_frame(kind, organisation=organisation_id, **fields)
    return [Event(commons_topic(organisation_id), payload)]
