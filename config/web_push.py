"""Read the settings of web push. `notifications.push` says what is wrong with them."""

from __future__ import annotations

from typing import NamedTuple

from environ import Env


class WebPush(NamedTuple):
    """The server's own key (empty: one is made and kept in the data folder), its contact, and whom it sends pushes to.

    An empty contact is the address that mails come from, or where that has no domain, the server's. No hosts are those
    of the known push services; `*` is any.
    """

    private_key: str
    subject: str
    hosts: list[str]


def read_web_push(env: Env) -> WebPush:
    """Return the settings VAPID_PRIVATE_KEY, VAPID_SUBJECT and PUSH_HOSTS."""
    return WebPush(
        env.str("VAPID_PRIVATE_KEY", default=""),
        env.str("VAPID_SUBJECT", default=""),
        env.list("PUSH_HOSTS", default=[]),
    )
