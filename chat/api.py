"""Mount the REST operations of all subjects."""

from ninja import Router

from chat.messages.api import bookmarks, messages, pins, reactions
from chat.rooms.api import members, rooms
from chat.search import api as search

router = Router()
for subject in (rooms, members, messages, reactions, pins, bookmarks, search):
    router.add_router("", subject.router)
