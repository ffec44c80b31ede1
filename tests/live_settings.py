"""What live servers of tests run with: the product's settings, with passwords hashed as cheaply as it goes."""

from config.settings import *  # noqa: F403
from tests.hashing import make_argon2_cheap

make_argon2_cheap()
