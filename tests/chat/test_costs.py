"""Every list and page asks the database the same number of questions, however much it shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from chat.drafts.services import save_draft
from chat.groups.services import add_group_members, create_group
from chat.messages.services.bookmarks import bookmark_message
from chat.messages.services.edit import edit_message
from chat.messages.services.pins import pin_message
from chat.messages.services.post import Draft, post_message, post_messages
from chat.messages.services.reactions import add_reaction
from chat.models import CustomEmoji, EmojiName, Message, Room, UserGroup
from chat.reminders.services import remind_of_message
from chat.reports.services import report_message
from chat.rooms.permissions import invalidate_writers
from chat.rooms.services.rooms import create_room, open_direct_room
from chat.scheduled.services import schedule_message
from notifications.announcements.services import create_announcement
from notifications.preferences.services import change_settings
from tests.chat.steps import LOOKING
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_agent, make_membership, make_organisation, make_room, make_room_member, make_user
from tests.notifications.push.browser import subscribe_browser

pytestmark = pytest.mark.django_db


@dataclass
class Crowd:
    """Whom Alice meets in her room, whose first message is edited most and reacted to by all."""

    alice: User
    room: Room
    first: Message
    group: UserGroup

    def fill(self, path: str) -> str:
        return path.format(room=self.room.pk, message=self.first.pk, group=self.group.pk)


@pytest.fixture(scope="module", params=[1, 7])
def crowd(db_of_file: None, request: pytest.FixtureRequest) -> Iterator[Crowd]:
    """So many of everything: people, channels, direct rooms, messages and what is put on them."""
    with transaction.atomic():
        alice, bob, robin = make_user("Alice"), make_user("Bob"), make_agent("Robin")
        halyard = make_organisation("Halyard", owner=alice, members=[bob, robin])
        room = make_room(halyard, admin=alice, members=[bob, robin])
        first = post_message(actor=alice, room_id=room.pk, content="first").message
        group = create_group(actor=alice, slug="halyard", name="Crew", handle="crew")
        crowd = Crowd(alice, room, first, group)
        for n in range(request.param):
            add_person(halyard, crowd, n)
        User.objects.update(seen_at=timezone.now())
        yield crowd
        transaction.set_rollback(True)


def add_person(halyard: Organisation, crowd: Crowd, n: int) -> None:
    alice, room, first = crowd.alice, crowd.room, crowd.first
    person = make_user(f"Person {n}")
    make_membership(halyard, person)
    make_room_member(room, person)
    invalidate_writers(room.pk)
    create_room(actor=alice, slug="halyard", kind="channel", name=f"channel {n}", member_ids=[person.pk])
    direct, _ = open_direct_room(actor=alice, slug="halyard", user_ids=[person.pk])
    save_draft(actor=alice, room_id=direct.pk, content=f"half {n}")
    in_a_month = timezone.now() + timedelta(days=30)
    schedule_message(actor=alice, room_id=direct.pk, content=f"later {n}", send_at=in_a_month)
    posted = post_messages([Draft(person, place.pk, f"from {n} for @alice") for place in (direct, room)])
    edit_message(actor=alice, message_id=first.pk, content=f"wording {n}")
    add_reaction(actor=person, message_id=first.pk, emoji=chr(0x1F600 + n % 3))
    for outcome in posted:
        pin_message(actor=alice, message_id=outcome.message.pk)
        bookmark_message(actor=alice, message_id=outcome.message.pk)
        remind_of_message(actor=alice, message_id=outcome.message.pk, remind_at=in_a_month)
    report_message(actor=person, message_id=first.pk, reason="Is this for all?")
    add_group_members(actor=alice, group_id=crowd.group.pk, user_ids=[person.pk])
    create_group(actor=alice, slug="halyard", name=f"Group {n}", handle=f"group{n}")
    image = f"emoji/{n}.webp"
    emoji = CustomEmoji.objects.create(organisation=halyard, name=f"boat{n}", image=image, created_by=person)
    EmojiName.objects.create(organisation=halyard, emoji=emoji, name=emoji.name)
    create_announcement(actor=alice, slug="halyard", text=f"The office is closed on day {n}.")
    change_settings(actor=alice, keywords=[f"harbour {number}" for number in range(n + 1)])
    subscribe_browser(alice, f"browser-{n}")


PAGES = {
    "/o/halyard/": 4,
    "/o/halyard/sidebar/?room={room}": 9,
    "/o/halyard/rooms/": 11,
    "/o/halyard/rooms/new/": 8,
    "/o/halyard/people/": 9,
    "/o/halyard/rooms/mine/": 9,
    "/o/halyard/direct-messages/": 10,
    "/rooms/{room}/": 10,
    "/rooms/{room}/feed/": 4,
    "/rooms/{room}/changes/?since=0": 4,
    "/rooms/{room}/details/": 13,
    "/rooms/{room}/faces/": 4,
    "/rooms/{room}/pins/": 11,
    "/rooms/{room}/saved/": 4,
    "/o/halyard/saved/": 10,
    "/o/halyard/drafts/": 11,
    "/o/halyard/scheduled/": 11,
    "/o/halyard/reminders/": 10,
    "/o/halyard/notifications/": 20,
    "/o/halyard/notifications/?show=mentions": 14,
    "/share/?text=Tides": 11,
    "/settings/notifications/": 7,
    "/o/halyard/notification-defaults/": 5,
    "/o/halyard/unread/": 11,
    "/o/halyard/mentions/": 10,
    "/o/halyard/mentions/?unread=on": 10,
    "/o/halyard/groups/": 10,
    "/o/halyard/groups/{group}/": 12,
    "/o/halyard/emoji/": 7,
    "/o/halyard/reports/": 6,
    "/rooms/{room}/mentions/?q=p": 8,
    "/messages/{message}/readers/": 4,
    "/messages/{message}/destinations/": 6,
    "/o/halyard/search/?q=from": 18 + LOOKING,
    "/o/halyard/search/": 10,
    "/messages/{message}/revisions/": 9,
}
PANELS = {
    "/rooms/{room}/details/": 7,
    "/rooms/{room}/pins/": 5,
    "/o/halyard/notifications/": 13,
    "/settings/notifications/devices/": 3,
}
LISTS = {
    "/orgs/halyard/rooms": 5,
    "/orgs/halyard/rooms?browse=true": 3,
    "/rooms/{room}": 3,
    "/rooms/{room}/members": 3,
    "/rooms/{room}/messages": 3,
    "/rooms/{room}/changes?since=0": 3,
    "/rooms/{room}/pins": 3,
    "/me/bookmarks": 2,
    "/me/drafts": 3,
    "/me/bookmarks?room={room}": 2,
    "/messages/{message}/revisions": 3,
    "/messages/{message}/readers": 3,
    "/orgs/halyard/mentions": 3,
    "/orgs/halyard/groups": 3,
    "/groups/{group}/members": 3,
    "/orgs/halyard/emoji": 4,
    "/orgs/halyard/reports": 3,
    "/rooms/{room}/mention-suggestions?q=p": 7,
    "/rooms/{room}/system-messages": 3,
    "/rooms/{room}/commands": 3,
    "/notifications": 11,
    "/notifications/unread-count": 2,
    "/orgs/halyard/announcements": 3,
    "/orgs/halyard/notification-defaults": 3,
    "/me/notification-settings": 4,
    "/me/push-subscriptions": 2,
    "/me/scheduled": 3,
    "/me/reminders": 2,
}


@pytest.mark.parametrize(("path", "queries"), PAGES.items())
def test_a_page_costs_the_same_for_any_number(
    client_for: ClientFor, crowd: Crowd, django_assert_num_queries: DjangoAssertNumQueries, path: str, queries: int
) -> None:
    browser, path = client_for(crowd.alice), crowd.fill(path)
    browser.get(path)

    with django_assert_num_queries(queries):
        assert browser.get(path).status_code in (200, 302)


@pytest.mark.parametrize(("path", "queries"), PANELS.items())
def test_a_panel_loads_no_feed(
    client_for: ClientFor, crowd: Crowd, django_assert_num_queries: DjangoAssertNumQueries, path: str, queries: int
) -> None:
    browser, path = client_for(crowd.alice), crowd.fill(path)
    browser.get(path, headers={"X-Fragment": "1"})

    with django_assert_num_queries(queries):
        assert browser.get(path, headers={"X-Fragment": "1"}).status_code == 200


@pytest.mark.parametrize(("path", "queries"), LISTS.items())
def test_a_list_costs_the_same_for_any_number(
    api_for: ApiFor, crowd: Crowd, django_assert_num_queries: DjangoAssertNumQueries, path: str, queries: int
) -> None:
    api, path = api_for(crowd.alice), crowd.fill(path)
    api.call("GET", path)

    with django_assert_num_queries(queries):
        assert api.call("GET", path).status_code == 200


def test_a_changed_room_is_asked_for_once(
    client_for: ClientFor, crowd: Crowd, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser, path = client_for(crowd.alice), crowd.fill("/rooms/{room}/details/")
    browser.post(path, {"name": "plans"})

    # session, person, savepoint, room, right, its organisation, room, what is written down of it, what is told, release
    with django_assert_num_queries(10):
        assert browser.post(path, {"name": "sketches"}).status_code == 302
