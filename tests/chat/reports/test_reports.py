"""Reports of messages: who makes and who reads them, what they keep, and how they end."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import AuditEntry, Membership, Organisation, User
from chat.messages.services.edit import delete_message, delete_message_as_administrator, edit_message
from chat.messages.services.forward import forward_message
from chat.models import Message, Report, Room
from chat.reports.services import REPORTS, dismiss_report, report_message, resolve_report
from chat.rooms.services.rooms import delete_room
from lib.jobs import run_due_jobs
from lib.realtime.hub import Event
from lib.web.errors import Conflict, TooManyAttempts
from tests.chat.steps import frames, say
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_membership, make_room, make_room_member, make_user


@pytest.fixture
def nina(halyard: Organisation, room: Room) -> User:
    """A member who is in the room, too."""
    nina = make_user("Nina")
    make_membership(halyard, nina)
    make_room_member(room, nina)
    return nina


@pytest.fixture
def message(bob: User, room: Room, nina: User) -> Message:
    return say(bob, room, "You *fool*")


@pytest.fixture
def report(nina: User, message: Message) -> Report:
    return report_message(actor=nina, message_id=message.pk, reason="He is rude")[0]


def count_open(organisation: Organisation) -> int:
    organisation.refresh_from_db()
    return organisation.open_reports


def test_a_report_keeps_the_message_as_it_was(
    api_for: ApiFor, alice: User, bob: User, report: Report, message: Message
) -> None:
    edit_message(actor=bob, message_id=message.pk, content="You dear")
    listed = api_for(alice).call("GET", "/orgs/halyard/reports?state=open").json()["items"]

    assert [(item["content"], item["reason"], item["is_edited"], item["is_deleted"]) for item in listed] == [
        ("You *fool*", "He is rude", True, False)
    ]
    assert (listed[0]["author"]["name"], listed[0]["reporter"]["name"]) == ("Bob", "Nina")
    delete_message(actor=bob, message_id=message.pk)
    assert api_for(alice).call("GET", "/orgs/halyard/reports").json()["items"][0]["is_deleted"] is True


def test_administrators_alone_are_told_how_many_wait(
    alice: User,
    nina: User,
    halyard: Organisation,
    message: Message,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    published.clear()
    with django_capture_on_commit_callbacks(execute=True):
        report = report_message(actor=nina, message_id=message.pk, reason="He is rude")[0]
    with django_capture_on_commit_callbacks(execute=True):
        dismiss_report(actor=alice, report_id=report.pk)

    counted = [frame for frame in frames(published) if frame["type"] == "reports.counted"]
    assert [frame["open_reports"] for frame in counted] == [1, 0]
    assert {event.topic for event in published} == {f"user:{alice.pk}"}


def test_one_reports_a_message_once_and_others_too(
    api_for: ApiFor, alice: User, nina: User, halyard: Organisation, message: Message
) -> None:
    path, body = f"/messages/{message.pk}/report", {"reason": "He is rude"}
    first, again = (api_for(nina).call("POST", path, body) for _ in range(2))
    other = api_for(alice).call("POST", path, body)

    assert [answer.status_code for answer in (first, again, other)] == [201, 200, 201]
    assert first.json() == again.json()
    assert "reporter" not in first.json()
    assert count_open(halyard) == 2


def test_who_may_not_report(bob: User, charlie: User, nina: User, message: Message) -> None:
    with pytest.raises(PermissionDenied):
        report_message(actor=bob, message_id=message.pk, reason="mine")
    with pytest.raises(ObjectDoesNotExist):
        report_message(actor=charlie, message_id=message.pk, reason="rude")
    for reason in ("", "  ", "a\0", "a" * 1001):
        with pytest.raises(ValidationError):
            report_message(actor=nina, message_id=message.pk, reason=reason)
    delete_message(actor=bob, message_id=message.pk)
    with pytest.raises(ObjectDoesNotExist):
        report_message(actor=nina, message_id=message.pk, reason="rude")


def test_reporting_is_limited(settings: Settings, bob: User, nina: User, room: Room) -> None:
    settings.THROTTLE = True
    for n in range(REPORTS.attempts):
        report_message(actor=nina, message_id=say(bob, room, f"{n}").pk, reason="rude")

    with pytest.raises(TooManyAttempts):
        report_message(actor=nina, message_id=say(bob, room).pk, reason="rude")


@pytest.mark.parametrize("close", [resolve_report, dismiss_report])
def test_administrators_alone_close_a_report_once(
    alice: User,
    bob: User,
    nina: User,
    charlie: User,
    halyard: Organisation,
    report: Report,
    close: Callable[..., Report],
) -> None:
    for actor in (bob, nina, charlie):
        with pytest.raises(ObjectDoesNotExist):
            close(actor=actor, report_id=report.pk)

    closed = close(actor=alice, report_id=report.pk)

    assert (closed.state, closed.resolved_by) == ("resolved" if close is resolve_report else "dismissed", alice)
    assert count_open(halyard) == 0
    with pytest.raises(Conflict):
        close(actor=alice, report_id=report.pk)


def test_an_administrator_deletes_a_message_of_a_room_that_they_are_not_in(
    alice: User,
    bob: User,
    nina: User,
    halyard: Organisation,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    hidden = make_room(halyard, "hidden", admin=bob, members=[nina])
    said, elsewhere = say(bob, hidden, "You fool"), make_room(halyard, "elsewhere", admin=nina)
    copy = forward_message(actor=nina, message_id=said.pk, room_id=elsewhere.pk).message
    report, _ = report_message(actor=nina, message_id=said.pk, reason="rude")
    other = make_user("Olaf")
    make_membership(halyard, other)
    make_room_member(hidden, other)
    report_message(actor=other, message_id=said.pk, reason="me too")

    with django_capture_on_commit_callbacks(execute=True):
        resolve_report(actor=alice, report_id=report.pk, delete_message=True)
    run_due_jobs()

    said.refresh_from_db()
    copy.refresh_from_db()
    assert said.is_deleted and copy.is_deleted
    assert set(Report.objects.values_list("state", flat=True)) == {"resolved"}
    assert count_open(halyard) == 0


def test_all_of_it_is_recorded_without_naming_who_reported(client_for: ClientFor, alice: User, report: Report) -> None:
    resolve_report(actor=alice, report_id=report.pk, delete_message=True)
    entries = AuditEntry.objects.filter(table_name="chat_report").order_by("pk")

    assert [(entry.action, entry.user, *sorted(entry.changes)) for entry in entries] == [
        ("create", None, "message"),
        ("update", alice, "message_deleted"),
        ("update", alice, "state"),
    ]
    assert entries[0].record_name == "Bob in design"
    page = client_for(alice).get("/o/halyard/audit/").content.decode()
    assert "received a report of a message by Bob in design" in page and "Nina" not in page


def test_not_even_the_address_of_who_reported_is_recorded(api_for: ApiFor, nina: User, message: Message) -> None:
    api_for(nina).call("POST", f"/messages/{message.pk}/report", {"reason": "rude"})

    assert AuditEntry.objects.get(table_name="chat_report").ip_address is None


def test_an_author_who_administers_does_not_learn_who_reported(
    api_for: ApiFor, client_for: ClientFor, alice: User, nina: User, room: Room
) -> None:
    said = say(alice, room, "You fool")
    report_message(actor=nina, message_id=said.pk, reason="rude")
    listed = api_for(alice).call("GET", "/orgs/halyard/reports").json()["items"]
    page = client_for(alice).get("/o/halyard/reports/").content.decode()

    assert listed[0]["reporter"] is None
    assert "Reported by a member" in page and "Nina" not in page


def test_a_report_outlives_the_room(alice: User, halyard: Organisation, room: Room, report: Report) -> None:
    delete_room(actor=alice, room_id=room.pk)
    report.refresh_from_db()

    assert (report.message, report.room, report.room_name, report.content) == (None, None, "design", "You *fool*")
    assert resolve_report(actor=alice, report_id=report.pk, delete_message=True).state == "resolved"


def test_the_pages_show_and_close_them(
    client_for: ClientFor, alice: User, bob: User, halyard: Organisation, room: Room, report: Report
) -> None:
    browser, member = client_for(alice), client_for(bob)
    page = browser.get("/o/halyard/reports/").content.decode()

    assert "You <em>fool</em>" in page and "He is rude" in page and "Reported by Nina" in page
    assert "/o/halyard/reports/" in browser.get(f"/rooms/{room.pk}/").content.decode()
    assert "/o/halyard/reports/" not in member.get(f"/rooms/{room.pk}/").content.decode()
    assert member.get("/o/halyard/reports/").status_code == 403
    for _ in range(2):
        assert browser.post(f"/o/halyard/reports/{report.pk}/closing/", {"dismiss": "on"}).status_code == 302
    assert "No report is waiting" in browser.get("/o/halyard/reports/").content.decode()
    assert "Dismissed by" in browser.get("/o/halyard/reports/?closed=1").content.decode()


def test_many_reports_cost_what_one_costs(
    client_for: ClientFor,
    api_for: ApiFor,
    alice: User,
    bob: User,
    nina: User,
    room: Room,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(12):
        report_message(actor=nina, message_id=say(bob, room, f"{n}").pk, reason="rude")
    browser, api = client_for(alice), api_for(alice)
    browser.get("/o/halyard/reports/")
    api.call("GET", "/orgs/halyard/reports")

    with django_assert_num_queries(6):  # session, user, membership, reports, rooms, organisations
        browser.get("/o/halyard/reports/")
    with django_assert_num_queries(3):  # token, membership, reports
        assert len(api.call("GET", "/orgs/halyard/reports").json()["items"]) == 12
    assert Membership.objects.filter(organisation__open_reports=12, user=alice).exists()


def test_only_an_administrator_deletes_a_message_for_what_was_reported(
    alice: User, bob: User, charlie: User, room: Room
) -> None:
    message = say(bob, room, "mine")

    for stranger in (bob, charlie):
        assert not delete_message_as_administrator(actor=stranger, message_id=message.pk)
    assert delete_message_as_administrator(actor=alice, message_id=message.pk)
    assert not delete_message_as_administrator(actor=alice, message_id=message.pk)
