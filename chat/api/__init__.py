"""REST for rooms and messages."""

from ninja import Router

from chat.api import marks, members, messages, rooms

router = Router()
for module in (rooms, members, messages, marks):
    router.add_router("", module.router)
