"""The page of reminders, which works without scripts."""

import pytest
from django.test import Client
from time_machine import TimeMachineFixture

from accounts.models import User
from chat.messages.services.edit import delete_message
from chat.models import Message, Reminder
from chat.reminders.services import remind_of_message, remind_of_note
from chat.reminders.telling import sweep_due_reminders
from tests.chat.reminders.conftest import NOW, SOON

PATH = "/o/halyard/reminders/"


@pytest.fixture
def reminder(alice: User, message: Message) -> Reminder:
    return remind_of_message(actor=alice, message_id=message.pk, remind_at=SOON)


def test_what_is_due_stands_first_and_is_counted_in_the_sidebar(
    browser: Client, alice: User, reminder: Reminder, clock: TimeMachineFixture
) -> None:
    remind_of_note(actor=alice, slug="halyard", note="Water the plants", remind_at=SOON.replace(hour=20))
    assert PATH not in browser.get("/o/halyard/people/").content.decode()
    clock.move_to(SOON, tick=False)
    sweep_due_reminders()
    page = browser.get(PATH).content.decode()

    assert page.index("Tea?") < page.index("Water the plants")
    assert '<span class="count">1</span>' in browser.get("/o/halyard/people/").content.decode()
    browser.post(f"{PATH}{reminder.pk}/done/")
    assert "Tea?" not in browser.get(PATH).content.decode()


def test_the_text_of_a_deleted_message_is_not_shown(
    browser: Client, alice: User, message: Message, reminder: Reminder
) -> None:
    delete_message(actor=alice, message_id=message.pk)
    page = browser.get(PATH).content.decode()

    assert "Tea?" not in page and "The message was deleted" in page


@pytest.mark.parametrize(
    ("form", "wall"),
    [
        ({"choice": "1h"}, "2026-11-27T12:30:00"),
        ({"choice": "tomorrow"}, "2026-11-28T09:00:00"),
        ({"choice": "week"}, "2026-11-30T09:00:00"),
        ({"remind_at": "2026-12-01T07:30", "time_zone": "Europe/Berlin"}, "2026-12-01T07:30:00"),
    ],
)
def test_it_is_put_off(browser: Client, alice: User, reminder: Reminder, form: dict[str, str], wall: str) -> None:
    User.objects.filter(pk=alice.pk).update(time_zone="Europe/Berlin")

    assert browser.post(f"{PATH}{reminder.pk}/", form).status_code == 302
    reminder.refresh_from_db()
    assert (reminder.wall_time, reminder.time_zone) == (wall, "Europe/Berlin")


@pytest.mark.parametrize("form", [{}, {"choice": "never"}, {"remind_at": "soon"}, {"remind_at": "2026-11-27T09:00"}])
def test_what_is_no_time_is_refused(browser: Client, reminder: Reminder, form: dict[str, str]) -> None:
    assert browser.post(f"{PATH}{reminder.pk}/", form).status_code == 422
    reminder.refresh_from_db()
    assert reminder.remind_at == SOON > NOW
