"""REST for people and organisations."""

from ninja import Router

from accounts.api import invitations, me, members, organisations, signin

router = Router()
for module in (signin, me, organisations, members, invitations):
    router.add_router("", module.router)
