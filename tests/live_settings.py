"""What live servers of tests run with: the product's settings, with cheap hashes and without previews of links."""

from config.settings import *  # noqa: F403
from tests.hashing import make_argon2_cheap

make_argon2_cheap()
# Where a test names no servers that may be asked, none is.
LINK_PREVIEWS = env.bool("LINK_PREVIEWS", default=False)  # noqa: F405
