"""Cards in the main channel of a project."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from chat.messages.services.edit import edit_message
from chat.messages.services.post import post_message
from chat.models import Message, RoomMember, SearchEntry
from chat.search_index import index_pending_messages
from lib.jobs import run_due_jobs
from notifications.models import Notification
from tasks.cards.announcing import announce_news
from tasks.cards.texts import TEXTS
from tasks.models import Project, Task, TaskCard
from tasks.work.services.creating import create_task, create_tasks
from tasks.work.services.deleting import delete_task, restore_task
from tasks.work.services.updating import complete_task, reopen_task, update_task, update_tasks

pytestmark = pytest.mark.django_db(transaction=True)


def list_cards(project: Project) -> list[Message]:
    run_due_jobs()
    return list(Message.objects.filter(room=project.channel, seq__isnull=False).order_by("seq"))


def read_words(message: Message) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", message.html).replace("\xa0", " ").split())


def test_a_new_task_speaks_in_the_channel(alice: User, bob: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Mend *the* light", assignee_ids=[bob.pk])

    [card] = list_cards(project)

    assert (card.author_id, card.type, card.seq) == (alice.pk, "system", 1)
    assert card.content == r"ATR-1 Mend \*the\* light"
    assert read_words(card) == "New task ATR-1 Mend *the* light Pending Bob Comment"
    assert Task.objects.get(pk=task.pk).card_id == card.pk


def test_a_card_changes_while_it_is_recent(alice: User, bob: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint")
    list_cards(project)
    update_task(actor=alice, task_id=task.pk, assignee_ids=[bob.pk])
    assert [read_words(card) for card in list_cards(project)] == ["New task ATR-1 Paint Pending Bob Comment"]

    complete_task(actor=bob, task_id=task.pk)
    [card] = list_cards(project)
    assert read_words(card) == "Task completed by Bob ATR-1 Paint Completed Bob Comment"

    reopen_task(actor=alice, task_id=task.pk)
    assert [read_words(each) for each in list_cards(project)] == ["Task opened again ATR-1 Paint Pending Bob Comment"]


def test_later_news_has_a_card_of_its_own(alice: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint")
    [card] = list_cards(project)
    Message.objects.filter(pk=card.pk).update(created_at=timezone.now() - timedelta(hours=2))

    complete_task(actor=alice, task_id=task.pk)

    [_, later] = list_cards(project)
    assert read_words(later) == "Task completed ATR-1 Paint Completed Comment"
    assert Task.objects.get(pk=task.pk).card_id == later.pk


def test_comments_stay_where_they_are(alice: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint")
    [card] = list_cards(project)
    post_message(actor=alice, room_id=project.pk, content="Which colour?", thread_id=card.pk)
    Message.objects.filter(pk=card.pk).update(created_at=timezone.now() - timedelta(hours=2))

    complete_task(actor=alice, task_id=task.pk)

    assert len(list_cards(project)) == 2
    assert Task.objects.get(pk=task.pk).card_id == card.pk


def test_many_at_once_speak_once_and_so_does_an_import_in_parts(alice: User, project: Project) -> None:
    titles = [{"title": f"Task {n}"} for n in range(60)]
    tasks = create_tasks(actor=alice, project_id=project.pk, tasks=titles)
    [card] = list_cards(project)
    assert read_words(card).startswith("60 new tasks ATR-1 Task 0 Pending ATR-2")
    assert card.html.count("task-card__task") == 5

    create_tasks(actor=alice, project_id=project.pk, tasks=titles)
    [card] = list_cards(project)
    assert read_words(card).startswith("120 new tasks ATR-1 Task 0")

    update_tasks(
        actor=alice, project_id=project.pk, task_ids=[task.pk for task in tasks[:3]], changes={"status": "completed"}
    )
    assert read_words(list_cards(project)[1]).startswith("3 tasks completed")
    assert Task.objects.exclude(card=None).count() == 0


def test_a_job_that_runs_twice_speaks_once(alice: User, project: Project) -> None:
    tasks = create_tasks(actor=alice, project_id=project.pk, tasks=[{"title": "Paint"}, {"title": "Varnish"}])
    list_cards(project)
    card = TaskCard.objects.get()
    for _again in range(2):
        announce_news(
            project_id=project.pk,
            actor_id=alice.pk,
            version=card.version,
            news="created",
            task_ids=[task.pk for task in tasks],
            count=2,
        )
    assert len(list_cards(project)) == 1


def test_a_quiet_project_says_nothing(alice: User, project: Project) -> None:
    Project.objects.update(announces_tasks=False)

    create_task(actor=alice, project_id=project.pk, title="Paint")

    assert list_cards(project) == []


def test_a_task_that_is_gone_before_it_was_told_of_is_not(alice: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Paint")
    delete_task(actor=alice, task_id=task.pk)

    assert list_cards(project) == []


def test_a_card_is_unread_only_after_unread_messages(alice: User, bob: User, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint")
    list_cards(project)
    marks = RoomMember.objects.filter(room=project.pk)
    assert set(marks.values_list("last_read_seq", flat=True)) == {1}

    post_message(actor=bob, room_id=project.pk, content="Morning")
    create_task(actor=alice, project_id=project.pk, title="Varnish")
    list_cards(project)
    assert dict(marks.values_list("user__name", "last_read_seq")) == {"Alice": 1, "Bob": 3}


def test_a_card_pings_nobody_and_is_not_searched(alice: User, bob: User, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="@bob paint @room")
    [card] = list_cards(project)
    index_pending_messages()

    assert not Notification.objects.filter(user=bob, subject=card.pk).exists()
    assert not card.mentions.exists()
    assert not SearchEntry.objects.filter(message=card).exists()


def test_a_card_is_not_edited(alice: User, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="Paint")
    [card] = list_cards(project)

    with pytest.raises(PermissionDenied):
        edit_message(actor=alice, message_id=card.pk, content="Something else")


def test_a_title_is_text(alice: User, project: Project) -> None:
    create_task(actor=alice, project_id=project.pk, title="<img src=x onerror=alert(1)> & more")
    [card] = list_cards(project)

    assert "<img" not in card.html
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; more" in card.html


def test_words_are_those_of_the_scripts() -> None:
    script = (settings.BASE_DIR / "static/js/tasks/card-words.js").read_text()

    assert dict(re.findall(r'^  (\w+): gettext\("(.+)"\),$', script, re.MULTILINE)) == TEXTS


def test_cards_of_a_deleted_task_do_not_say_what_it_was(alice: User, bob: User, project: Project) -> None:
    task = create_task(actor=alice, project_id=project.pk, title="Secret plan")
    others = create_tasks(actor=bob, project_id=project.pk, tasks=[{"title": "Rig"}, {"title": "Sail"}])
    list_cards(project)

    for each in (task, others[0]):
        delete_task(actor=alice, task_id=each.pk)
    one, several = list_cards(project)
    assert "Deleted task" in read_words(one) and "Secret" not in one.html + one.content
    assert "Sail" in read_words(several) and "Deleted task" in read_words(several) and "Rig" not in several.html

    for each in (task, others[0]):
        restore_task(actor=alice, task_id=each.pk)
    one, several = list_cards(project)
    assert "Secret plan" in read_words(one) and "Rig" in read_words(several)
    assert "Deleted task" not in one.html + several.html
