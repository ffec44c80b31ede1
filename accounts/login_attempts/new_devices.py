"""A mail when somebody signs in from a device that they haven't used lately."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from accounts.login_attempts.queries import REMEMBERED, attempts_of
from accounts.mail import mail_after_commit
from accounts.models import LoginAttempt, User
from lib.text.user_agents import describe_device
from lib.web.client import get_wider_network


def warn_of_new_device(*, user: User, ip_address: str | None, user_agent: str, origin: str = "") -> None:
    """Mail a person who signs in from a browser or a network of which the last 90 days know nothing.

    Not at the very first sign-in. Call it before this one is kept.
    """
    if not _is_new(user, ip_address, user_agent):
        return
    here = origin.rstrip("/")
    mail_after_commit(
        "new_device",
        to=user.email,
        origin=origin,
        user=user,
        device=describe_device(user_agent),
        ip_address=ip_address,
        moment=timezone.now(),
        link=f"{here}{reverse('accounts:sessions')}" if here else "",
        password_link=f"{here}{reverse('accounts:password')}" if here else "",
    )


def _is_new(user: User, ip_address: str | None, user_agent: str) -> bool:
    earlier = attempts_of(user).filter(outcome=LoginAttempt.Outcome.SUCCESS)
    recent = earlier.filter(created_at__gt=timezone.now() - REMEMBERED)
    if recent.filter(ip_address=ip_address, user_agent=user_agent).exists():
        return False
    places = {_place(*seen) for seen in recent.values_list("ip_address", "user_agent").distinct()}
    if _place(ip_address, user_agent) in places:
        return False
    return bool(places) or earlier.exists()


def _place(ip_address: str | None, user_agent: str) -> tuple[str | None, str]:
    return get_wider_network(ip_address), describe_device(user_agent)
