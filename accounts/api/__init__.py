"""REST for people and organisations."""

from ninja import Router

from accounts.api import invitations, me, members, organisations, passwords, personal_tokens, second_factor, signin

router = Router()
for module in (signin, passwords, me, second_factor, personal_tokens, organisations, members, invitations):
    router.add_router("", module.router)
