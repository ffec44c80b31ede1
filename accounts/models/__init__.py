from accounts.models.audit import AuditEntry
from accounts.models.base import FoldedRecord, Record, new_id
from accounts.models.idempotency import IdempotencyKey
from accounts.models.invitations import Invitation
from accounts.models.login_attempts import LoginAttempt
from accounts.models.organisations import Membership, Organisation
from accounts.models.second_factor import Passkey, RecoveryCode, SecondFactor
from accounts.models.sessions import Session
from accounts.models.tokens import AccessToken, RefreshToken, TokenFamily
from accounts.models.users import Status, User, build_avatar_url

__all__ = [
    "AccessToken",
    "AuditEntry",
    "FoldedRecord",
    "IdempotencyKey",
    "Invitation",
    "LoginAttempt",
    "Membership",
    "Organisation",
    "Passkey",
    "Record",
    "RecoveryCode",
    "RefreshToken",
    "SecondFactor",
    "Session",
    "Status",
    "TokenFamily",
    "User",
    "build_avatar_url",
    "new_id",
]
