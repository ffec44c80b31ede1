"""Rules in words, and what a form shows of them."""

from __future__ import annotations

from datetime import date

import pytest

from tasks.recurrence.describing import RuleParts, describe_rule, read_rule


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", ""),
        ("FREQ=DAILY", "Every day"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,MO", "Every 2 weeks on Monday and Friday"),
        ("FREQ=MONTHLY;COUNT=3", "Every month, 3 more times"),
        ("FREQ=YEARLY;UNTIL=20270303", "Every year, until 3 Mar 2027"),
        ("FREQ=YEARLY;UNTIL=20270303T090000Z", "Every year, until 3 Mar 2027"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR"),
    ],
)
def test_rules_are_told_in_words(rule: str, words: str) -> None:
    assert describe_rule(rule) == words


def test_a_form_shows_the_parts_of_a_rule() -> None:
    assert read_rule("") == RuleParts()
    weekly = read_rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20270303")
    assert weekly == RuleParts("WEEKLY", 2, ["MO"], None, date(2027, 3, 3))
    assert read_rule("FREQ=DAILY;COUNT=3").count == 3


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY;BYDAY=MO", "FREQ=YEARLY;BYMONTH=2", "FREQ=WEEKLY;WKST=SU"])
def test_what_the_form_can_not_say_is_a_rule_of_ones_own(rule: str) -> None:
    assert read_rule(rule).frequency == "CUSTOM"
