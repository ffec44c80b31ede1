from accounts.models.base import Record, new_id
from accounts.models.organisations import Membership, Organisation
from accounts.models.sessions import Session
from accounts.models.users import User

__all__ = ["Membership", "Organisation", "Record", "Session", "User", "new_id"]
