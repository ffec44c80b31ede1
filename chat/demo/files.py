"""Store the files of the sample, each made when it is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from PIL import Image

from accounts.models import Organisation, User
from assets.models import Asset
from assets.storage import get_upload_folder
from assets.storing.services import store_file
from chat.demo import pictures
from chat.demo.cast import Company
from chat.demo.history import PlannedMessage, plan_history
from chat.demo.voice import write_voice
from chat.models import Message
from lib.web.upload_files import PREFIX

TEXTS = Path(__file__).parent / "texts"
VOICE = "voice-message.wav"
VOICE_SECONDS = 9


def plant_files(
    company: Company, organisation: Organisation, users: Mapping[str, User], now: datetime
) -> dict[str, list[UUID]]:
    """Store the files of messages that are missing, the oldest first; return their ids by the message's client id."""
    planned = [
        message
        for room in company.rooms
        for message in plan_history(company, room, chatter=0, talkers=(), now=now)
        if message.files
    ]
    sent = set(
        Message.objects.filter(
            room__organisation=organisation, client_id__in=[message.client_id for message in planned]
        ).values_list("client_id", flat=True)
    )
    missing = [message for message in planned if message.client_id not in sent]
    return {
        message.client_id: _store_files(message, organisation, users[message.author])
        for message in sorted(missing, key=lambda message: message.at)
    }


def write_file(name: str, path: Path) -> None:
    """Write a file of the sample: a text that is kept beside this module, else one that is made."""
    if name in WRITERS:
        WRITERS[name](path)
    else:
        path.write_bytes((TEXTS / name).read_bytes())


def _store_files(message: PlannedMessage, organisation: Organisation, author: User) -> list[UUID]:
    ids = []
    for name, alt_text in message.files:
        with NamedTemporaryFile(dir=get_upload_folder(), prefix=PREFIX, suffix=Path(name).suffix, delete=False) as file:
            path = Path(file.name)
        write_file(name, path)
        asset = store_file(
            actor=author,
            organisation_id=organisation.pk,
            path=path,
            name=_name_recording(message.at) if name == VOICE else name,
            alt_text=alt_text,
        )
        ids.append(asset.pk)
    # They came with their messages.
    Asset.objects.filter(pk__in=ids).update(created_at=message.at, updated_at=message.at)
    return ids


def _name_recording(at: datetime) -> str:
    """Return the name that the composer gives to what it records."""
    return f"Voice message {at:%Y-%m-%d %H.%M}.wav"


def _save_picture(path: Path, draw: Callable[[], Image.Image]) -> None:
    draw().save(path)


WRITERS: Mapping[str, Callable[[Path], None]] = {
    "harbour-evening.jpg": partial(_save_picture, draw=partial(pictures.draw_harbour, pictures.EVENING)),
    "harbour-dusk.jpg": partial(_save_picture, draw=partial(pictures.draw_harbour, pictures.DUSK)),
    "harbour-night.jpg": partial(_save_picture, draw=partial(pictures.draw_harbour, pictures.NIGHT)),
    "rope-logo.png": partial(_save_picture, draw=pictures.draw_rope_anchor),
    "chart-symbols.png": partial(_save_picture, draw=pictures.draw_chart_symbols),
    "pontoon-c.pdf": partial(_save_picture, draw=pictures.draw_pontoon_plan),
    VOICE: partial(write_voice, seconds=VOICE_SECONDS),
}
