"""Mount the REST operations of all subjects."""

from ninja import Router

from chat.messages.api import bookmarks, messages, pins, reactions
from chat.rooms.api import members, rooms

router = Router()
for subject in (rooms, members, messages, reactions, pins, bookmarks):
    router.add_router("", subject.router)
