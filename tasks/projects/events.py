"""Announce projects to their members, and to all who see those that are open to their organisation."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from accounts.topics import user_topic
from chat.models import RoomMember
from chat.rooms.events import address_outsiders, channel_topics
from chat.topics import room_topic
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event
from tasks.models import Column, Label, Project
from tasks.projects.schemas import ColumnOut, LabelOut, ProjectRowOut


def project_created(project: Project) -> None:
    """Announce a new or a restored project, whose members' sockets may not listen to its channel yet."""
    publisher.publish(_address_frame(audience_topics(project), "project.created", project=ProjectRowOut.of(project)))


def project_entered(project: Project, user_id: UUID) -> None:
    """Give a project to the sockets of a new member."""
    publisher.publish(_address_frame([user_topic(user_id)], "project.created", project=ProjectRowOut.of(project)))


def project_updated(project: Project) -> None:
    """Announce what a project is like now."""
    publisher.publish(_address_frame(_find_topics(project), "project.updated", project=ProjectRowOut.of(project)))


def project_left(project_id: UUID, user_id: UUID) -> None:
    """Take a project from the sockets of a former member."""
    publisher.publish(_address_frame([user_topic(user_id)], "project.removed", project=project_id))


def project_hidden(project_id: UUID, topics: Collection[str]) -> None:
    """Take a deleted project from all who saw it: the `audience_topics` from before."""
    publisher.publish(_address_frame(topics, "project.removed", project=project_id))


def project_closed(project: Project) -> None:
    """Take a project that only its members see now from all others; its channel has to be loaded."""
    publisher.publish([address_outsiders(project.channel, encode_frame("project.removed", project=project.pk))])


def column_saved(project: Project, column: Column) -> None:
    """Announce a new or a changed column."""
    publisher.publish(_address_frame(_find_topics(project), "column.saved", column=ColumnOut.of(column)))


def columns_spread(project: Project) -> None:
    """Announce the columns of a project, whose positions have become others."""
    columns = [ColumnOut.of(column) for column in Column.objects.filter(project=project).order_by("position", "pk")]
    publisher.publish(_address_frame(_find_topics(project), "columns.spread", project=project.pk, columns=columns))


def column_deleted(project: Project, column_id: UUID) -> None:
    """Announce that a column is gone."""
    publisher.publish(_address_frame(_find_topics(project), "column.deleted", project=project.pk, column=column_id))


def label_saved(project: Project, label: Label) -> None:
    """Announce a new or a changed label."""
    publisher.publish(_address_frame(_find_topics(project), "label.saved", label=LabelOut.of(label)))


def label_deleted(project: Project, label_id: UUID) -> None:
    """Announce that a label is gone."""
    publisher.publish(_address_frame(_find_topics(project), "label.deleted", project=project.pk, label=label_id))


def audience_topics(project: Project) -> list[str]:
    """Return the topics of all who see a project, its members by their own: they may not listen to its channel."""
    members = RoomMember.objects.filter(room=project.channel_id).values_list("user", flat=True)
    open_topics = [] if project.channel.members_only else channel_topics(project.channel)
    return sorted({*map(user_topic, members), *open_topics})


def _find_topics(project: Project) -> list[str]:
    """Return the topics of all who see a project; its channel has to be loaded."""
    return [room_topic(project.channel_id)] if project.channel.members_only else channel_topics(project.channel)


def _address_frame(topics: Collection[str], kind: str, **fields: object) -> list[Event]:
    payload = encode_frame(kind, **fields)
    return [Event(topic, payload) for topic in topics]
