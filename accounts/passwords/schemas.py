"""Define the schemas of passwords."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from lib.web.schemas import Password, Schema


class PasswordIn(Schema):
    """Current and new password of a user."""

    current_password: Password
    new_password: Password


class PasswordCheckIn(Schema):
    """Password to check, with details of its user, which it must not resemble. A signed-in user can leave them out."""

    password: Password
    name: Annotated[str, StringConstraints(max_length=80)] = ""
    username: Annotated[str, StringConstraints(max_length=40)] = ""
    email: Annotated[str, StringConstraints(max_length=254)] = ""


class PasswordCheckOut(Schema):
    """Reasons to refuse a password, as text."""

    problems: list[str]
