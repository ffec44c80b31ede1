"""REST for people and organisations."""

from ninja import Router

from accounts.api.invitations import router as invitations
from accounts.api.me import router as me
from accounts.api.members import router as members
from accounts.api.organisations import router as organisations
from accounts.api.signin import router as signin

router = Router()
for child in (signin, me, organisations, members, invitations):
    router.add_router("", child)

__all__ = ["router"]
