"""Shapes of signing up."""

from __future__ import annotations

from pydantic import Field

from lib.web.schemas import Email, Name, Password, Schema, Token, Username


class SignupIn(Schema):
    """A new user's credentials and name."""

    email: Email
    password: Password
    name: Name
    username: Username | None = None
    invitation: Token | None = Field(default=None, description="Needed where sign-up is by invitation only.")
