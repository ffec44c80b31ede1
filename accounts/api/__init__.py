"""REST for people and organisations."""

from ninja import Router

from accounts.api import (
    administration,
    audit,
    avatars,
    connections,
    invitations,
    me,
    members,
    organisations,
    passwords,
    personal_tokens,
    second_factor,
    signin,
)

router = Router()
for module in (
    signin,
    passwords,
    me,
    avatars,
    second_factor,
    connections,
    personal_tokens,
    organisations,
    members,
    invitations,
    audit,
    administration,
):
    router.add_router("", module.router)
router.add_router("", connections.entrance)
