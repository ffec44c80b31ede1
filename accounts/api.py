"""Mount the REST operations of all subjects."""

from ninja import Router

from accounts.audit import api as audit
from accounts.email_addresses import api as email_addresses
from accounts.job_queue import api as job_queue
from accounts.linked_accounts import api
from accounts.login_attempts import api as login_attempts
from accounts.mfa.api import passkeys, second_factor
from accounts.organisations.api import invitations, members, organisations
from accounts.passwords import api as passwords
from accounts.profiles import api as profiles
from accounts.sessions import api as sessions
from accounts.sign_in import api as sign_in
from accounts.sign_up import api as sign_up
from accounts.tokens import api as tokens
from accounts.users import api as users

router = Router()
for subject_router in (
    sign_up.router,
    sign_in.router,
    tokens.sign_in_router,
    sessions.sign_in_router,
    passwords.sign_in_router,
    profiles.router,
    passwords.router,
    email_addresses.router,
    sessions.router,
    login_attempts.router,
    profiles.avatar_router,
    second_factor.router,
    passkeys.router,
    api.router,
    tokens.router,
    organisations.router,
    members.router,
    invitations.router,
    audit.router,
    users.router,
    job_queue.router,
    api.sign_in_router,
):
    router.add_router("", subject_router)
