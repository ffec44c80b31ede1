"""What makes a password dear to guess makes a thousand sign-ins slow."""

from django.contrib.auth.hashers import Argon2PasswordHasher


def make_argon2_cheap() -> None:
    """Let this process hash with the product's algorithm at the least that it takes: one pass over 8 KiB."""
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1
