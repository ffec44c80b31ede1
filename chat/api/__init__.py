"""REST for rooms and messages."""

from ninja import Router

from chat.api import members, messages, rooms

router = Router()
for module in (rooms, members, messages):
    router.add_router("", module.router)
