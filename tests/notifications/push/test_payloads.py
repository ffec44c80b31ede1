"""What a push holds is short, and says the same to browsers that show it by themselves and to our worker."""

from __future__ import annotations

import json
import re

import pytest

from notifications.push.encryption import MAX_PLAINTEXT
from notifications.push.payloads import build_closing_payload, build_notification_payload, build_topic


def build(**values: str | int | None) -> bytes:
    usual = {"title": "Quay", "text": "Ahoy", "url": "/rooms/1/", "origin": "https://atrium.example/", "tag": "1"}
    return build_notification_payload(**{**usual, "language": "en", "badge": 3, **values})  # type: ignore[arg-type]


def test_it_has_the_shape_of_declarative_web_push() -> None:
    payload = json.loads(build())

    assert (payload["web_push"], payload["app_badge"]) == (8030, 3)
    notification = payload["notification"]
    assert (notification["title"], notification["body"], notification["app_badge"]) == ("Quay", "Ahoy", "3")
    assert notification["navigate"] == "https://atrium.example/rooms/1/"


@pytest.mark.parametrize("letter", ["x", "ä", "海", "👩‍👩‍👧‍👦", '"', "\u0007"])
def test_it_never_holds_more_than_services_take(letter: str) -> None:
    payload = build(title=letter * 5000, text=letter * 50_000)

    assert len(payload) <= MAX_PLAINTEXT
    assert json.loads(payload)["notification"]["title"].startswith(letter[0])


def test_without_a_number_the_icon_stays_as_it_is() -> None:
    payload = json.loads(build(badge=None))

    assert "app_badge" not in payload and "app_badge" not in payload["notification"]


def test_what_is_taken_back_is_named_by_its_tags() -> None:
    assert json.loads(build_closing_payload(["1"], badge=0)) == {"close": ["1"], "app_badge": 0}
    assert len(build_closing_payload(["x" * 36] * 1000, badge=0)) <= MAX_PLAINTEXT


def test_a_topic_is_short_and_safe_in_an_address() -> None:
    assert re.fullmatch(r"[\w-]{1,32}", build_topic("/rooms/ä?" * 20))
    assert build_topic("1") != build_topic("2")
