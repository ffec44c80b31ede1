"""Say why a push did not arrive."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

ERRORS = {
    "unreachable": gettext_noop("The push service could not be reached. The next notification is tried again."),
    "undecryptable": gettext_noop("The server has lost the keys of this device. Turn notifications off and on there."),
    "no-key": gettext_noop("The server’s own key for push is wrong. Its administrator can put that right."),
    "forbidden-host": gettext_noop("This server sends nothing to the push service of that browser."),
}
REFUSED = ("status-401", "status-403")


def describe_error(error: str) -> str:
    """Say in the active language why a push did not arrive; "" where it did."""
    if not error:
        return ""
    if error in ERRORS:
        return _(ERRORS[error])
    if error in REFUSED:
        return _("The push service refused the notification: it doesn’t accept this server’s key.")
    return _("The push service answered with the error %(status)s.") % {"status": error.removeprefix("status-")}
