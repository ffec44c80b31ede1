"""Tell a user's own sockets that they have changed what they are told of."""

from __future__ import annotations

from accounts.models import User
from accounts.topics import user_topic
from lib.lasting import FOREVER
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event
from lib.web.schemas import Schema, Timestamp


class SilenceOut(Schema):
    """Until when nothing is pushed or mailed, or whether nothing is until the user says so."""

    silent_until: Timestamp | None
    paused: bool


def settings_changed(user: User) -> None:
    """Tell the tabs and devices of a user, with the silence that they want; pages fetch the rest."""
    silence = user.current_silence
    is_paused = silence == FOREVER
    shape = SilenceOut.model_construct(silent_until=None if is_paused else silence, paused=is_paused)
    publisher.publish([Event(user_topic(user.pk), encode_frame("notification.settings", silence=shape))])
