"""REST for people and organisations."""

from ninja import Router

from accounts.api import invitations, me, members, organisations, passwords, personal_tokens, signin

router = Router()
for module in (signin, passwords, me, personal_tokens, organisations, members, invitations):
    router.add_router("", module.router)
