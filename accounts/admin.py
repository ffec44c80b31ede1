"""Register the admin of all subjects."""

from accounts.audit import admin as audit
from accounts.job_queue import admin as job_queue
from accounts.linked_accounts import admin as linked_accounts
from accounts.login_attempts import admin as login_attempts
from accounts.mfa import admin as mfa
from accounts.organisations import admin as organisations
from accounts.sessions import admin as sessions
from accounts.tokens import admin as tokens
from accounts.users import admin as users

__all__ = [
    "audit",
    "job_queue",
    "login_attempts",
    "mfa",
    "organisations",
    "sessions",
    "linked_accounts",
    "tokens",
    "users",
]
