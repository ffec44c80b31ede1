"""Put the sample organisations into the database, through the same services as users do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from accounts.models import Organisation, User
from chat.demo import registry
from chat.demo.cast import COMPANIES, HALYARD, Company, RoomPlan
from chat.demo.files import plant_files
from chat.demo.history import PlannedMessage, count_written, plan_history
from chat.demo.notification_times import spread_notification_times
from chat.demo.people import plant_organisation
from chat.drafts.services import save_draft
from chat.groups.services import add_group_members, create_group
from chat.messages.services.bookmarks import bookmark_message
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.pins import pin_message
from chat.messages.services.post import Draft, Posted, post_messages
from chat.messages.services.reactions import add_reaction
from chat.messages.services.read import mark_read
from chat.models import Message, Room, RoomMember, SystemMessage, ThreadFollow, UserGroup
from chat.rooms.services.members import add_member
from chat.rooms.services.rooms import archive_room, create_room, open_direct_room
from chat.threads.services import mark_thread_read

# One transaction each: long enough to be quick, short enough to let others write in between.
BATCH = 500
# Threads with a reply within that time have something unread for Alice.
RECENT = timedelta(hours=3)

Step = Callable[[str, int], None]


@dataclass(slots=True)
class Planted:
    """The numbers of users, rooms and messages that a run has added."""

    people: int = 0
    rooms: int = 0
    messages: int = 0

    def __bool__(self) -> bool:
        return bool(self.people or self.rooms or self.messages)


def plant_sample(*, people: int, messages: int, now: datetime, step: Step = lambda what, number: None) -> Planted:
    """Create the sample organisations, Halyard as large as asked. What exists stays as it is.

    `step` is told of progress: a subject (`people` or `messages`), and how many of it were added.
    """
    planted, began_at = Planted(), timezone.now()
    organisation_ids = []
    for company in COMPANIES:
        extra = people - len(company.people) if company is HALYARD else 0
        sample = plant_organisation(company, extra=max(extra, 0), step=step)
        planted.people += sample.added
        organisation_ids.append(sample.organisation.pk)
        chatter = _share_chatter(company, messages) if company is HALYARD else {}
        _create_groups(company, sample.organisation, sample.users)
        files = plant_files(company, sample.organisation, sample.users, now)
        for plan in company.rooms:
            planter = _RoomPlanter(company, plan, sample.organisation, sample.users, files)
            planted.rooms += planter.open_room()
            planted.messages += planter.post_history(chatter.get(plan.name, 0), sample.talkers, now, step)
        if company is HALYARD:
            for planter_above in registry.planters:
                planter_above.plant_rows(sample.organisation, sample.users, now)
    spread_notification_times(organisation_ids, since=began_at, now=now)
    return planted


def _create_groups(company: Company, organisation: Organisation, users: Mapping[str, User]) -> None:
    """Create the groups of an organisation that are missing, each with its members."""
    existing = set(UserGroup.objects.filter(organisation=organisation).values_list("handle", flat=True))
    for plan in company.groups:
        if plan.handle not in existing:
            actor = users[plan.people[0]]
            group = create_group(actor=actor, slug=company.slug, name=plan.name, handle=plan.handle)
            ids = [users[name].pk for name in plan.people]
            add_group_members(actor=actor, group_id=group.pk, user_ids=ids)


def _share_chatter(company: Company, messages: int) -> dict[str, int]:
    """Return how many messages to generate for each room, so that the sample has about `messages` in all."""
    written = sum(count_written(each, room) for each in COMPANIES for room in each.rooms)
    missing = max(messages - written, 0)
    shares = sum(room.chatter for room in company.rooms)
    return {room.name: missing * room.chatter // shares for room in company.rooms if room.chatter}


@dataclass(slots=True)
class _RoomPlanter:
    """Plants one room of the sample."""

    company: Company
    plan: RoomPlan
    organisation: Organisation
    users: Mapping[str, User]
    # Ids by the client ids of the messages that show them.
    files: Mapping[str, Sequence[UUID]]
    room: Room = field(init=False)

    def open_room(self) -> bool:
        """Find the room or open it; tell whether it is new."""
        owner, *others = (self.users[name] for name in self.plan.people)
        ids = [user.pk for user in others]
        if self.plan.kind == Room.Kind.DIRECT:
            self.room, created = open_direct_room(actor=owner, slug=self.company.slug, user_ids=ids)
            return created
        existing = Room.objects.filter(organisation=self.organisation, kind=self.plan.kind, name=self.plan.name).first()
        if existing and existing.is_general:  # guests are not added to it automatically
            for user in others:
                add_member(actor=owner, room_id=existing.pk, user_id=user.pk)
        self.room = existing or create_room(
            actor=owner,
            slug=self.company.slug,
            kind=self.plan.kind,
            name=self.plan.name,
            topic=self.plan.topic,
            member_ids=ids,
        )
        return existing is None

    def post_history(self, chatter: int, talkers: Sequence[str], now: datetime, step: Step) -> int:
        """Post the messages that are missing; return how many those were."""
        if self.room.is_archived:
            return 0
        speakers = talkers if self.room.is_general else [name for name in self.plan.people if name in talkers]
        history = plan_history(self.company, self.plan, chatter=chatter, talkers=speakers, now=now)
        sent = Message.objects.filter(room=self.room).values_list("client_id", "pk")
        known = {client_id: pk for client_id, pk in sent if client_id}
        missing = [planned for planned in history if planned.client_id not in known]
        if not missing:
            return 0
        is_first_run = not known
        self._post_missing(missing, known, now, step)
        self._apply_changes(missing, known)
        self._mark_read()
        self._mark_threads_read({known[each.thread] for each in missing if each.thread and each.at > now - RECENT})
        if is_first_run:
            self._save_drafts()
        if self.plan.is_archived:
            archive_room(actor=self.users[self.plan.people[0]], room_id=self.room.pk)
        return len(missing)

    def _post_missing(
        self, missing: Sequence[PlannedMessage], known: dict[str, UUID], now: datetime, step: Step
    ) -> None:
        # A later and larger run adds to the end, so its messages are not older than those before.
        earliest = self.room.last_message_at or missing[0].at
        # A room is not younger than its first message.
        Room.objects.filter(pk=self.room.pk, created_at__gt=earliest).update(created_at=earliest)
        RoomMember.objects.filter(room=self.room, joined_at__gt=earliest).update(joined_at=earliest)
        if not known:  # those who talk here have been here for long
            SystemMessage.objects.filter(room=self.room).delete()
        for batch in _split_batches(missing):
            outcomes = post_messages([self._build_draft(planned, known, earliest, now) for planned in batch])
            for planned, outcome in zip(batch, outcomes, strict=True):
                if not isinstance(outcome, Posted):
                    raise outcome
                known[planned.client_id] = outcome.message.pk
            step("messages", len(batch))

    def _build_draft(
        self, planned: PlannedMessage, known: Mapping[str, UUID], earliest: datetime, now: datetime
    ) -> Draft:
        return Draft(
            author=self.users[planned.author],
            room_id=self.room.pk,
            content=planned.text,
            client_id=planned.client_id,
            reply_to=known[planned.reply_to] if planned.reply_to else None,
            thread_id=known[planned.thread] if planned.thread else None,
            created_at=min(max(planned.at, earliest), now),
            asset_ids=self.files.get(planned.client_id, ()),
        )

    def _apply_changes(self, missing: Iterable[PlannedMessage], known: Mapping[str, UUID]) -> None:
        for planned in missing:
            author, message_id = self.users[planned.author], known[planned.client_id]
            if planned.edited_to:
                edit_message(actor=author, message_id=message_id, content=planned.edited_to)
            if planned.deleted:
                delete_message(actor=author, message_id=message_id)
            for emoji, username in planned.reactions:
                add_reaction(actor=self.users[username], message_id=message_id, emoji=emoji)
            if planned.pinned_by:
                pin_message(actor=self.users[planned.pinned_by], message_id=message_id)
            for username in planned.saved_by:
                bookmark_message(actor=self.users[username], message_id=message_id)

    def _mark_read(self) -> None:
        """Mark all messages as read by all members, save for those that the plan leaves unread to Alice."""
        self.room.refresh_from_db(fields=["last_seq"])
        alice = self.users.get("alice")
        for member in RoomMember.objects.with_user().filter(room=self.room):
            seq = self.room.last_seq - (self.plan.unread if member.user == alice else 0)
            if member.last_read_seq != seq:
                mark_read(actor=member.user, room_id=self.room.pk, seq=seq)

    def _mark_threads_read(self, recent: Collection[UUID]) -> None:
        """Mark all threads as read by those who follow them, save for Alice’s of these roots."""
        follows = ThreadFollow.objects.filter(thread__room=self.room, last_read_seq__lt=F("thread__last_seq"))
        for follow in follows.select_related("thread", "user"):
            if follow.user.username != "alice" or follow.thread_id not in recent:
                mark_thread_read(actor=follow.user, root_id=follow.thread_id, seq=follow.thread.last_seq)

    def _save_drafts(self) -> None:
        for draft in self.company.drafts:
            if draft.room == self.plan.name:
                save_draft(actor=self.users["alice"], room_id=self.room.pk, content=draft.text)


def _split_batches(missing: Sequence[PlannedMessage]) -> Iterator[list[PlannedMessage]]:
    """Yield batches in which no message answers another of its own batch, or stands in a thread of it."""
    batch: list[PlannedMessage] = []
    client_ids: set[str] = set()
    for planned in missing:
        if len(batch) == BATCH or not client_ids.isdisjoint((planned.reply_to, planned.thread)):
            yield batch
            batch, client_ids = [], set()
        batch.append(planned)
        client_ids.add(planned.client_id)
    if batch:
        yield batch
