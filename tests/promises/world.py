"""Halyard with one of everything in it, and people who have no business there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from allauth.socialaccount.models import SocialAccount
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.jobs import delete_expired
from accounts.models import Organisation, Passkey, User
from accounts.organisations.services.invitations import create_invitation
from accounts.organisations.services.organisations import create_organisation
from accounts.profiles.services.avatar import set_avatar
from accounts.tokens.services.families import issue_tokens
from accounts.tokens.services.personal import create_token
from chat.drafts.services import save_draft
from chat.emoji.services import add_emoji
from chat.groups.services import add_group_members, create_group
from chat.messages.services.bookmarks import bookmark_message
from chat.messages.services.edit import edit_message
from chat.messages.services.pins import pin_message
from chat.messages.services.post import post_message
from chat.messages.services.reactions import add_reaction
from chat.models import LinkPreview, Message, MessagePreview, Room
from chat.models.previews import name_image
from chat.reminders.services import remind_of_message
from chat.reports.services import report_message
from chat.rooms.services.pictures import set_room_picture
from chat.rooms.services.rooms import create_room
from chat.scheduled.services import schedule_message
from notifications.announcements.services import create_announcement
from notifications.inbox.services import notify
from notifications.mail.unsubscribing import build_unsubscribe_path
from notifications.models import Notification
from notifications.preferences.services import change_defaults, change_settings
from tasks.attachments.services import attach_files
from tasks.imports.services import upload_import
from tasks.projects.services.labels import create_label
from tasks.projects.services.pictures import set_project_picture
from tasks.projects.services.projects import create_project
from tasks.projects.services.states import delete_project
from tasks.relations.services import relate_tasks
from tasks.saved_views.services import create_view
from tasks.sharing.services import save_share_link
from tasks.time_tracking.services import add_time_entry
from tasks.work.services.creating import create_task
from tasks.work.services.deleting import delete_task
from tasks.work.services.updating import update_task
from tests.accounts.pictures import halves, upload
from tests.accounts.steps import enrol
from tests.assets.steps import store_picture
from tests.factories import PASSWORD, make_agent, make_membership, make_user
from tests.notifications.push.browser import subscribe_browser
from tests.tasks.imports.steps import write_file

THUMB = "👍"


@dataclass
class World:
    """`ids` are those of Halyard by the names that paths have for them, and some more; `own` are Charlie's."""

    alice: User
    bob: User
    charlie: User
    dana: User
    ids: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)


def make_world() -> World:
    """Alice owns Halyard, Bob is a member, Charlie owns Elsewhere, Dana belongs nowhere."""
    alice, charlie, erin = (
        make_user(name, password=PASSWORD, email_verified_at=timezone.now()) for name in ("Alice", "Charlie", "Erin")
    )
    bob, dana = make_user("Bob"), make_user("Dana")
    # She looks after the whole place, too.
    alice.role, alice.is_staff, alice.is_superuser = User.Role.ADMIN, True, True
    alice.save()
    enrol(bob)
    robin, carl = make_agent("Robin"), make_user("Carl")
    halyard = create_organisation(actor=alice, name="Halyard", slug="halyard")
    elsewhere = create_organisation(actor=charlie, name="Elsewhere", slug="elsewhere")
    for organisation, people in ((halyard, (bob, robin)), (elsewhere, (carl,))):
        for person in people:
            make_membership(organisation, person)
    third = create_organisation(actor=erin, name="Third", slug="third")
    world = World(alice, bob, charlie, dana)
    world.ids = _furnish(halyard, alice, bob) | {"robin": str(robin.pk)}
    world.own = _furnish(elsewhere, charlie, carl) | {"robin": str(charlie.pk)}
    for ids, person in ((world.ids, alice), (world.own, charlie)):
        awaited = create_invitation(actor=erin, slug=third.slug, email=person.email)
        ids |= {"awaited": str(awaited.pk), "awaited_token": awaited.token}
    return world


def made_up(name: str, value: str) -> str:
    """What looks like a value of this parameter and stands for nothing."""
    if name == "account_id":
        return "2147483"
    if name.endswith("_id") and name != "external_id":
        return str(uuid4())
    return {"slug": "made-up", "token": "made-up", "key": "made-up", "name": "made-up.webp"}.get(name, value)


def _furnish(organisation: Organisation, owner: User, member: User) -> dict[str, str]:
    """A group and a channel of both, a message with everything on it, and what its owner is signed in by."""
    slug = organisation.slug
    group = _room(owner, slug, Room.Kind.GROUP, "design", member)
    channel = _room(owner, slug, Room.Kind.CHANNEL, "support")
    message = post_message(actor=owner, room_id=group.pk, content="Tea?").message
    post_message(actor=member, room_id=group.pk, content="Yes", thread_id=message.pk)
    edit_message(actor=owner, message_id=message.pk, content="Coffee?\n\n- [ ] milk")
    add_reaction(actor=owner, message_id=message.pk, emoji=THUMB)
    pin_message(actor=owner, message_id=message.pk)
    bookmark_message(actor=owner, message_id=message.pk)
    draft = save_draft(actor=owner, room_id=group.pk, content="half a thought")
    save_draft(actor=owner, room_id=group.pk, content="half a reply", thread_id=message.pk)
    in_a_month = timezone.now() + timedelta(days=30)
    scheduled, _ = schedule_message(actor=owner, room_id=group.pk, content="in a month", send_at=in_a_month)
    reminder = remind_of_message(actor=owner, message_id=message.pk, remind_at=in_a_month)
    preview = LinkPreview(organisation=organisation, url="https://tea.example/", title="Tea")
    preview.image.save(name_image(preview.pk), ContentFile(b"WebP"))
    MessagePreview.objects.create(message=message, preview=preview)
    shown = {"url": preview.url, "title": "Tea", "description": "", "site_name": "", "image": None}
    Message.objects.filter(pk=message.pk).update(previews=[shown | {"width": 0, "height": 0}])
    other = post_message(actor=member, room_id=group.pk, content="Cake?").message
    report, _ = report_message(actor=owner, message_id=other.pk, reason="I am hungry")
    answered = post_message(actor=member, room_id=group.pk, content="More cake?").message
    invitation = create_invitation(actor=owner, slug=slug)
    issue_tokens(user=owner)
    account, _ = (SocialAccount.objects.create(user=owner, provider="google", uid=f"{slug}-{n}") for n in (1, 2))
    passkey = Passkey.objects.create(user=owner, name="Laptop", credential_id=slug, public_key=b"")
    avatar = set_avatar(actor=owner, file=upload(halves())).avatar
    emoji = add_emoji(actor=owner, slug=slug, file=upload(halves()), name="party_boat")
    picture = set_room_picture(actor=owner, room_id=group.pk, file=upload(halves())).picture
    asset = store_picture(owner, organisation)
    filed = post_message(actor=owner, room_id=group.pk, content="", asset_ids=[asset.pk]).message
    crew = create_group(actor=owner, slug=slug, name="Crew", handle="crew")
    add_group_members(actor=owner, group_id=crew.pk, user_ids=[member.pk])
    announcement = create_announcement(actor=owner, slug=slug, text="Tea at four")
    told = {"organisation_id": organisation.pk, "subject": announcement.pk, "place": group.pk}
    notify(kind="announcement", recipients=[owner.pk], **told)
    change_settings(actor=owner, mail_pace="60m")
    change_defaults(actor=owner, slug=slug, mail_pace="60m")
    later = delete_expired.using(run_after=timezone.now() + timedelta(days=1)).enqueue()
    subscription = subscribe_browser(owner, slug)
    project = create_project(actor=owner, slug=slug, name="Harbour Light", member_ids=[member.pk])
    label = create_label(actor=owner, project_id=project.pk, name="Paint")
    logo = set_project_picture(actor=owner, project_id=project.pk, file=upload(halves())).picture
    task = create_task(
        actor=owner,
        project_id=project.pk,
        title="Mend the light",
        assignee_ids=[member.pk, owner.pk],
        label_ids=[label.pk],
    )
    whole = create_task(actor=owner, project_id=project.pk, title="The lighthouse")
    update_task(actor=owner, task_id=task.pk, parent_id=whole.pk)
    entry = add_time_entry(actor=owner, task_id=task.pk, started_at=timezone.now(), seconds=60)
    relation = relate_tasks(actor=owner, task_id=task.pk, kind="relates", other_id=whole.pk)
    attach_files(actor=owner, task_id=task.pk, asset_ids=[asset.pk])
    gone = create_task(actor=owner, project_id=project.pk, title="Old paint")
    delete_task(actor=owner, task_id=gone.pk)
    former = create_project(actor=owner, slug=slug, name="Old Light")
    delete_project(actor=owner, project_id=former.pk)
    table = write_file("Title\nVarnish\n")
    given: dict[str, Any] = {"actor": owner, "project_id": project.pk, "kind": "csv", "path": table}
    imported = upload_import(**given, name="tasks.csv")
    return {
        "import_id": str(imported.pk),
        "project_id": str(project.pk),
        "deleted_project_id": str(former.pk),
        "task_id": str(task.pk),
        "whole_task_id": str(whole.pk),
        "entry_id": str(entry.pk),
        "relation_id": str(relation.pk),
        "deleted_task_id": str(gone.pk),
        "external_id": "JIRA-7",
        "key": save_share_link(actor=owner, project_id=project.pk).key,
        "view_id": str(create_view(actor=owner, project_id=project.pk, name="Urgent", is_shared=True).pk),
        "project_picture": PurePath(logo.name).name,
        "label_id": str(label.pk),
        "column_id": str(project.columns.get(status="in_progress").pk),
        "other_column_id": str(project.columns.get(status="pending").pk),
        "job_id": str(later.id),
        "subscription_id": str(subscription.pk),
        "announcement_id": str(announcement.pk),
        "unsubscribe_token": build_unsubscribe_path(owner.pk).split("/")[-2],
        "notification_id": str(Notification.objects.filter(user=owner).latest("pk").pk),
        "room_picture": PurePath(picture.name).name,
        "owner_id": str(owner.pk),
        "group_id": str(crew.pk),
        "emoji_id": str(emoji.pk),
        "asset_id": str(asset.pk),
        "account_id": str(account.pk),
        "passkey_id": str(passkey.pk),
        "name": PurePath(avatar.name).name,
        "slug": slug,
        "room_id": str(group.pk),
        "channel": str(channel.pk),
        "message_id": str(message.pk),
        "message_with_file": str(filed.pk),
        "message_of_member": str(answered.pk),
        "report_id": str(report.pk),
        "preview_id": str(preview.pk),
        "index": "0",
        "draft_id": str(draft.pk),
        "scheduled_id": str(scheduled.pk),
        "reminder_id": str(reminder.pk),
        "emoji": THUMB,
        "user_id": str(member.pk),
        "invitation_id": str(invitation.pk),
        "mailed": str(create_invitation(actor=owner, slug=slug, email=f"guest@{slug}.example").pk),
        "token": invitation.token,
        "session_id": str(owner.token_families.latest("pk").pk),
        "token_id": str(create_token(actor=owner, name="Script", scopes=["account:read"]).family.pk),
    }


def _room(owner: User, slug: str, kind: str, name: str, *others: User) -> Room:
    ids = [other.pk for other in others]
    return create_room(actor=owner, slug=slug, kind=kind, name=name, member_ids=ids)
