"""Mail users who sign in from a device that they have not used lately."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from accounts.login_attempts.queries import RECENT_SIGN_IN_PERIOD, find_login_attempts
from accounts.mail import mail_after_commit
from accounts.models import LoginAttempt, User
from lib.text.user_agents import describe_device
from lib.web.client import get_wider_network


def warn_of_new_device(*, user: User, ip_address: str | None, user_agent: str, origin: str = "") -> None:
    """Mail a user who signs in from a browser or a network that they have not used within `RECENT_SIGN_IN_PERIOD`.

    Their very first sign-in is not mailed. To be called before this sign-in is recorded.
    """
    if not _is_new_device(user, ip_address, user_agent):
        return
    base_url = origin.rstrip("/")
    mail_after_commit(
        "new_device",
        to=user.email,
        origin=origin,
        user=user,
        device=describe_device(user_agent),
        ip_address=ip_address,
        moment=timezone.now(),
        link=f"{base_url}{reverse('accounts:sessions')}" if base_url else "",
        password_link=f"{base_url}{reverse('accounts:password')}" if base_url else "",
    )


def _is_new_device(user: User, ip_address: str | None, user_agent: str) -> bool:
    earlier = find_login_attempts(user).filter(outcome=LoginAttempt.Outcome.SUCCESS)
    recent = earlier.filter(created_at__gt=timezone.now() - RECENT_SIGN_IN_PERIOD)
    if recent.filter(ip_address=ip_address, user_agent=user_agent).exists():
        return False
    known_devices = {_identify_device(*origin) for origin in recent.values_list("ip_address", "user_agent").distinct()}
    if _identify_device(ip_address, user_agent) in known_devices:
        return False
    return bool(known_devices) or earlier.exists()


def _identify_device(ip_address: str | None, user_agent: str) -> tuple[str | None, str]:
    return get_wider_network(ip_address), describe_device(user_agent)
