"""A project of Alice and Bob with three columns."""

import pytest
from django.db import transaction

from accounts.models import Organisation, User
from chat.models import Room
from chat.rooms.services.storing import lock_users, save_room
from tasks.models import Column, Project
from tasks.positions import spread_positions


@pytest.fixture
def project(alice: User, bob: User, halyard: Organisation) -> Project:
    return make_project(halyard, alice, [bob], key="ATR")


def make_project(organisation: Organisation, owner: User, members: list[User], *, key: str) -> Project:
    room = Room(organisation=organisation, kind="channel", name="general", created_by=owner, members_only=True)
    room.main_channel = room
    with transaction.atomic():
        save_room(room, lock_users(organisation, owner, [each.pk for each in members]), admins={owner.pk})
        project = Project.objects.create(
            id=room.pk, organisation=organisation, channel=room, name="Atrium", key=key, owner=owner
        )
        Column.objects.bulk_create(
            Column(project=project, name=name, status=status, position=position)
            for (name, status), position in zip(
                (("To do", "pending"), ("Doing", "in_progress"), ("Review", "in_progress"), ("Done", "completed")),
                spread_positions(4),
                strict=True,
            )
        )
    return project


def column_of(project: Project, name: str) -> Column:
    return Column.objects.get(project=project, name=name)
