"""Send messages at their time, each once: the process that claims the row sends it, and it keeps its `client_id`."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from chat.attachments.holding import list_held_ids
from chat.messages.services.post import Posted, post_message
from chat.models import Room, ScheduledMessage
from chat.models.scheduled import CLAIM_TIME
from chat.scheduled import events
from lib.db.transactions import after_commit
from lib.text.wall_times import renew_instant
from lib.web.errors import Conflict
from notifications.inbox.services import mark_subject_read, notify

Failure = ScheduledMessage.Failure
# Of the notifications.
KIND = "scheduled_failed"
# Sent in one sweep: after a long time without a server, the others follow a minute later.
MAX_SWEPT = 50


def send_message_in_time(scheduled_id: UUID) -> Posted | None:
    """Send a message whose time has come; do nothing where it was sent, deleted, put off or is being sent elsewhere."""
    claimed = _claim_message(scheduled_id, is_due=True)
    return _send_claimed(claimed) if claimed else None


def send_message_now(scheduled_id: UUID) -> Posted | None:
    """Send a message whatever its time. Return None, with the reason in its row, where it was refused.

    Raise Conflict where it is being sent already.
    """
    claimed = _claim_message(scheduled_id, is_due=False)
    if claimed is None:
        raise build_conflict()
    return _send_claimed(claimed)


def sweep_due_messages() -> int:
    """Send what is due and was not sent: its server was down, or died. Return how many were looked at."""
    due = ScheduledMessage.objects.due(timezone.now()).order_by("send_at")
    ids = list(due.values_list("pk", flat=True)[:MAX_SWEPT])
    for scheduled_id in ids:
        send_message_in_time(scheduled_id)
    return len(ids)


def renew_times() -> list[ScheduledMessage]:
    """Move what waits to the time that the clock on the wall is to show, where a zone has other rules by now.

    Return what was moved.
    """
    waiting = ScheduledMessage.objects.filter(state=ScheduledMessage.State.WAITING)
    moved = []
    for scheduled in waiting.iterator(chunk_size=500):
        instant = renew_instant(scheduled.send_at, scheduled.wall_time, scheduled.time_zone)
        if instant != scheduled.send_at and waiting.filter(pk=scheduled.pk).update(send_at=instant):
            scheduled.send_at = instant
            moved.append(scheduled)
    return moved


def build_conflict() -> Conflict:
    """Return the refusal of a change to a message that is being sent."""
    return Conflict(_("This message is being sent."))


def _claim_message(scheduled_id: UUID, *, is_due: bool) -> ScheduledMessage | None:
    """Return a message for this process alone to send, None where it can't be had."""
    now = timezone.now()
    rows = ScheduledMessage.objects.filter(pk=scheduled_id)
    free = rows.due(now) if is_due else rows.exclude(state=rows.model.State.SENDING, claimed_at__gt=now - CLAIM_TIME)
    if not free.update(state=rows.model.State.SENDING, claimed_at=now, failure=Failure.NONE, updated_at=now):
        return None
    claimed: ScheduledMessage | None = rows.select_related("user", "room").first()
    return claimed


def _send_claimed(scheduled: ScheduledMessage) -> Posted | None:
    """Post a claimed message as its author, with the rights that they have by now.

    It is posted before its row goes. Where the process dies between the two, the next one finds the message by its
    `client_id`.
    """
    failure = _find_obstacle(scheduled)
    posted = None if failure else _post_message(scheduled)
    if isinstance(posted, Posted):
        remove_message(scheduled, is_sent=True)
        return posted
    _refuse_message(scheduled, failure or _name_failure(scheduled, posted))
    return None


def _post_message(scheduled: ScheduledMessage) -> Posted | Exception:
    """Return the message as it was posted, or why it was refused."""
    room_id = scheduled.room_id
    assert room_id is not None  # noqa: S101  _find_obstacle has looked
    try:
        return post_message(
            actor=scheduled.user,
            room_id=room_id,
            content=scheduled.content,
            client_id=scheduled.client_id,
            reply_to=scheduled.reply_to_id,
            thread_id=scheduled.thread_id,
            also_in_room=scheduled.also_in_room,
            asset_ids=list_held_ids(scheduled),
        )
    except (ObjectDoesNotExist, PermissionDenied, ValidationError, Conflict) as error:
        return error


def _find_obstacle(scheduled: ScheduledMessage) -> str:
    """Return why a message can't be sent, as far as posting does not tell."""
    if scheduled.room_id is None:
        return Failure.ROOM_GONE
    if not scheduled.user.is_active:
        return Failure.DEACTIVATED
    return Failure.SECOND_FACTOR if scheduled.user.second_factor_due else Failure.NONE


def _name_failure(scheduled: ScheduledMessage, error: Exception | None) -> str:
    if isinstance(error, (ObjectDoesNotExist, PermissionDenied)):
        room = Room.objects.filter(scheduled_messages=scheduled).first()
        if room is None:
            return Failure.ROOM_GONE
        return Failure.ARCHIVED if room.is_archived else Failure.NOT_MEMBER
    fields = getattr(error, "error_dict", {}) if isinstance(error, ValidationError) else {}
    if "asset_ids" in fields:
        return Failure.FILE_GONE
    return Failure.THREAD_GONE if "thread_id" in fields else Failure.REFUSED


@transaction.atomic
def remove_message(scheduled: ScheduledMessage, *, is_sent: bool) -> None:
    """Delete the row of a message that was sent or given up, and tell its author's sockets."""
    if ScheduledMessage.objects.filter(pk=scheduled.pk).delete()[0]:
        mark_subject_read(user_id=scheduled.user_id, subject=scheduled.pk, kind=KIND)
        after_commit(
            events.scheduled_deleted,
            user_id=scheduled.user_id,
            scheduled_id=scheduled.pk,
            room_id=scheduled.room_id,
            is_sent=is_sent,
        )


@transaction.atomic
def _refuse_message(scheduled: ScheduledMessage, failure: str) -> None:
    """Keep a message that could not be sent, with the reason, and tell its author."""
    values = {"state": ScheduledMessage.State.FAILED, "failure": failure, "claimed_at": None}
    ScheduledMessage.objects.filter(pk=scheduled.pk).update(**values, updated_at=timezone.now())
    kept = ScheduledMessage.objects.for_reader(scheduled.user).filter(pk=scheduled.pk).first()
    if kept is not None:
        notify(
            kind=KIND,
            recipients=[kept.user_id],
            organisation_id=kept.organisation_id,
            subject=kept.pk,
            url=_find_page(kept),
            data={"failure": failure},
        )
        after_commit(events.scheduled_saved, kept)


def _find_page(scheduled: ScheduledMessage) -> str:
    """Return where its author finds a message: with all notifications, once they are not in its organisation."""
    organisation = scheduled.organisation
    is_inside = Membership.objects.filter(user=scheduled.user_id, organisation=organisation).exists()
    return reverse("chat:scheduled", args=[organisation.slug]) if is_inside else reverse("chat:all-notifications")
