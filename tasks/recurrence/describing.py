"""Say in words by which rule a task recurs, and read from a rule what a form shows of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.template.defaultfilters import date as format_date
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lib.text.lists import join_words

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SIMPLE = {"FREQ", "INTERVAL", "BYDAY", "COUNT", "UNTIL"}


@dataclass(frozen=True, slots=True)
class RuleParts:
    """What a form shows of a rule. One that says more than the form can is `CUSTOM`, an empty one has no frequency."""

    frequency: str = ""
    interval: int = 1
    days: list[str] = field(default_factory=list)
    count: int | None = None
    until: date | None = None


def read_rule(rule: str) -> RuleParts:
    """Return the parts of a rule as `clean_rule` has stored it."""
    if not rule:
        return RuleParts()
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    days = [day for day in parts.get("BYDAY", "").split(",") if day]
    is_simple = parts.keys() <= SIMPLE and (not days or (parts["FREQ"] == "WEEKLY" and set(days) <= set(DAYS)))
    return RuleParts(
        frequency=parts["FREQ"] if is_simple else "CUSTOM",
        interval=int(parts.get("INTERVAL", 1)),
        days=days,
        count=int(parts["COUNT"]) if "COUNT" in parts else None,
        until=datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").date() if "UNTIL" in parts else None,  # noqa: DTZ007
    )


def describe_rule(rule: str) -> str:
    """Return a rule in words, `Every 2 weeks on Monday and Friday, until 3 Mar 2027`; a special one as it stands."""
    parts = read_rule(rule)
    if parts.frequency in ("", "CUSTOM"):
        return rule
    words = _describe_interval(parts)
    if parts.days:
        names = [str(WEEKDAYS[index]) for index, day in enumerate(DAYS) if day in parts.days]
        words = _("%(interval)s on %(days)s") % {"interval": words, "days": join_words(names)}
    if parts.until is not None:
        return _("%(rule)s, until %(day)s") % {"rule": words, "day": format_date(parts.until, _("j M Y"))}
    if parts.count is not None:
        times = ngettext("%(count)s more time", "%(count)s more times", parts.count) % {"count": parts.count}
        return _("%(rule)s, %(times)s") % {"rule": words, "times": times}
    return words


def _describe_interval(parts: RuleParts) -> str:
    count = parts.interval
    texts = {
        "DAILY": ngettext("Every day", "Every %(count)s days", count),
        "WEEKLY": ngettext("Every week", "Every %(count)s weeks", count),
        "MONTHLY": ngettext("Every month", "Every %(count)s months", count),
        "YEARLY": ngettext("Every year", "Every %(count)s years", count),
    }
    return texts[parts.frequency] % {"count": count}
