"""The kinds of notifications about tasks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from notifications.kinds import Channels, Kind, register
from tasks.notifying import names
from tasks.notifying.describing import describe_tasks
from tasks.notifying.seeing import filter_tasks

TASKS = _("Tasks")
ALL = Channels(in_app=True, push=True, mail=True)

register(
    Kind(
        names.ASSIGNED, _("Tasks that you are assigned to"), TASKS, describe_tasks, filter_tasks, ALL,
        icon="check", shows_toast=True, ignores_mute=True,
    ),
    Kind(
        names.STATUS, _("Tasks that you watch are completed, or opened again"), TASKS,
        describe_tasks, filter_tasks, Channels(in_app=True), icon="check", urgency="low",
    ),
    Kind(
        names.DUE, _("Tasks of yours that are due"), TASKS, describe_tasks, filter_tasks, ALL,
        icon="clock", urgency="high", shows_toast=True, ignores_mute=True,
    ),
)  # fmt: skip
