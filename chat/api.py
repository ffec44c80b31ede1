"""Mount the REST operations of all subjects."""

from ninja import Router

from chat.messages.api import bookmarks, messages, pins, reactions
from chat.rooms.api import members, rooms
from chat.search import api as search
from chat.threads import api as threads

router = Router()
for subject in (rooms, members, messages, reactions, pins, bookmarks, threads, search):
    router.add_router("", subject.router)
