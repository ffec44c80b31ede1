from __future__ import annotations

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied

from accounts.models import User
from chat.messages.services.previews import remove_preview
from chat.models import Message, Room
from tests.chat.previews.steps import build_page, edit_and_look, list_titles, say_and_look
from tests.conftest import ApiFor
from tests.webserver import WebServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(alice: User, room: Room, site: WebServer) -> Message:
    """A message of Alice with previews of Tides and Wind."""
    urls = [site.put(f"/{title}", build_page(title)) for title in ("Tides", "Wind")]
    return say_and_look(alice, room, " ".join(urls))


def test_an_author_removes_one_preview(alice: User, message: Message) -> None:
    changed = remove_preview(actor=alice, message_id=message.pk, index=0)

    assert list_titles(changed) == ["Wind"]
    assert (changed.version, changed.edited_at) == (message.version + 1, None)


def test_a_removed_preview_stays_away_after_an_edit(alice: User, message: Message) -> None:
    remove_preview(actor=alice, message_id=message.pk, index=0)

    assert list_titles(edit_and_look(alice, message, f"{message.content} again")) == ["Wind"]


def test_another_member_can_not_remove_a_preview(bob: User, message: Message) -> None:
    with pytest.raises(PermissionDenied):
        remove_preview(actor=bob, message_id=message.pk, index=0)


def test_a_stranger_can_not_remove_a_preview(charlie: User, message: Message) -> None:
    with pytest.raises(ObjectDoesNotExist):
        remove_preview(actor=charlie, message_id=message.pk, index=0)


def test_a_preview_is_removed_over_rest(api_for: ApiFor, alice: User, bob: User, message: Message) -> None:
    path = f"/messages/{message.pk}/previews"

    assert api_for(bob).call("DELETE", f"{path}/0").status_code == 403
    assert [shown["title"] for shown in api_for(alice).call("DELETE", f"{path}/1").json()["previews"]] == ["Tides"]
    assert api_for(alice).call("DELETE", f"{path}/1").status_code == 404
    assert api_for(alice).call("DELETE", f"{path}/-1").status_code == 422
