"""What is wrong with a password, before anybody takes it."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.services.names import handle_from


def weaknesses_of(
    password: str, *, user: User | None = None, name: str = "", email: str = "", username: str = ""
) -> list[str]:
    """In words, what keeps a password from being taken: the same that signing up or changing it would say."""
    owner = user or User(email=email, name=name, username=username or handle_from(name, keep="._", fallback="member"))
    try:
        validate_password(password, owner)
    except ValidationError as error:
        return list(error.messages)
    return []
