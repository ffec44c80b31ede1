"""Shapes of changing an e-mail address."""

from __future__ import annotations

from ninja import Schema

from lib.web.schemas import Email, Password


class AddressIn(Schema):
    email: Email
    current_password: Password
