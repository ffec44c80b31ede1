"""Shapes of changing and judging a password."""

from __future__ import annotations

from typing import Annotated

from ninja import Schema
from pydantic import StringConstraints

from lib.web.schemas import Password


class PasswordIn(Schema):
    current_password: Password
    new_password: Password


class PasswordCheckIn(Schema):
    """Who it is for counts too: a password is nothing like one's name. Whoever is signed in needn't say."""

    password: Password
    name: Annotated[str, StringConstraints(max_length=80)] = ""
    username: Annotated[str, StringConstraints(max_length=40)] = ""
    email: Annotated[str, StringConstraints(max_length=254)] = ""


class PasswordCheckOut(Schema):
    problems: list[str]
