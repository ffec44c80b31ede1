"""Shapes of changing an e-mail address."""

from __future__ import annotations

from lib.web.schemas import Email, Password, Schema


class AddressIn(Schema):
    """Change of the e-mail address, proved by the password."""

    email: Email
    current_password: Password
