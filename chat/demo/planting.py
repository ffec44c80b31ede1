"""Puts the sample organisations into the database, through the services that people use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from accounts.models import Organisation, User
from chat.demo.cast import COMPANIES, HALYARD, Company, RoomPlan
from chat.demo.history import Said, count_written, history_of
from chat.demo.people import settle
from chat.messages.services.edit import delete_message, edit_message
from chat.messages.services.pins import pin_message
from chat.messages.services.post import Draft, Posted, post_messages
from chat.messages.services.reactions import add_reaction
from chat.messages.services.read import mark_read
from chat.models import Message, Room, RoomMember
from chat.rooms.services.members import add_member
from chat.rooms.services.rooms import archive_room, create_room, open_direct_room

# One transaction each: long enough to be quick, short enough to let others write in between.
BATCH = 500

Step = Callable[[str, int], None]


@dataclass(slots=True)
class Planted:
    """What a run has added."""

    people: int = 0
    rooms: int = 0
    messages: int = 0

    def __bool__(self) -> bool:
        return bool(self.people or self.rooms or self.messages)


def plant(*, people: int, messages: int, now: datetime, step: Step = lambda what, number: None) -> Planted:
    """Make Halyard and its neighbour as large as asked. What is there already stays as it is.

    `step` hears of progress: what was added, and how many.
    """
    planted = Planted()
    for company in COMPANIES:
        extra = people - len(company.people) if company is HALYARD else 0
        settled = settle(company, extra=max(extra, 0), step=step)
        planted.people += settled.added
        talk = _everyday_talk(company, messages) if company is HALYARD else {}
        for plan in company.rooms:
            ground = _Ground(company, plan, settled.organisation, settled.users)
            planted.rooms += ground.open()
            planted.messages += ground.fill(talk.get(plan.name, 0), settled.talkers, now, step)
    return planted


def _everyday_talk(company: Company, messages: int) -> dict[str, int]:
    """How many messages to make up for each room, so that all come to about `messages`."""
    written = sum(count_written(each, room) for each in COMPANIES for room in each.rooms)
    missing = max(messages - written, 0)
    shares = sum(room.chatter for room in company.rooms)
    return {room.name: missing * room.chatter // shares for room in company.rooms if room.chatter}


@dataclass(slots=True)
class _Ground:
    """A room and who is who in it."""

    company: Company
    plan: RoomPlan
    organisation: Organisation
    users: Mapping[str, User]
    room: Room = field(init=False)

    def open(self) -> bool:
        """Find the room or open it; whether it is new."""
        owner, *others = (self.users[name] for name in self.plan.people)
        ids = [user.pk for user in others]
        if self.plan.kind == Room.Kind.DIRECT:
            self.room, created = open_direct_room(actor=owner, organisation_slug=self.company.slug, user_ids=ids)
            return created
        found = Room.objects.filter(organisation=self.organisation, kind=self.plan.kind, name=self.plan.name).first()
        if found and found.is_general:  # which guests are not in by themselves
            for user in others:
                add_member(actor=owner, room_id=found.pk, user_id=user.pk)
        self.room = found or create_room(
            actor=owner,
            organisation_slug=self.company.slug,
            kind=self.plan.kind,
            name=self.plan.name,
            topic=self.plan.topic,
            member_ids=ids,
        )
        return found is None

    def fill(self, chatter: int, talkers: Sequence[str], now: datetime, step: Step) -> int:
        """Say what has not been said yet; how many messages that was."""
        if self.room.is_archived:
            return 0
        speakers = talkers if self.room.is_general else [name for name in self.plan.people if name in talkers]
        history = history_of(self.company, self.plan, chatter=chatter, talkers=speakers, now=now)
        sent = Message.objects.filter(room=self.room).values_list("client_id", "pk")
        known = {client_id: pk for client_id, pk in sent if client_id}
        missing = [said for said in history if said.client_id not in known]
        if not missing:
            return 0
        self._say(missing, known, now, step)
        self._amend(missing, known)
        self._mark_read()
        if self.plan.is_archived:
            archive_room(actor=self.users[self.plan.people[0]], room_id=self.room.pk)
        return len(missing)

    def _say(self, missing: Sequence[Said], known: dict[str, UUID], now: datetime, step: Step) -> None:
        # A later and larger run adds to the end, so its messages are not older than those before.
        earliest = self.room.last_message_at or missing[0].at
        # Nothing is said in a room before it is opened.
        Room.objects.filter(pk=self.room.pk, created_at__gt=earliest).update(created_at=earliest)
        for batch in _batches(missing):
            outcomes = post_messages([self._draft(said, known, earliest, now) for said in batch])
            for said, outcome in zip(batch, outcomes, strict=True):
                if not isinstance(outcome, Posted):
                    raise outcome
                known[said.client_id] = outcome.message.pk
            step("messages", len(batch))

    def _draft(self, said: Said, known: Mapping[str, UUID], earliest: datetime, now: datetime) -> Draft:
        return Draft(
            author=self.users[said.author],
            room_id=self.room.pk,
            content=said.text,
            client_id=said.client_id,
            reply_to=known[said.reply_to] if said.reply_to else None,
            created_at=min(max(said.at, earliest), now),
        )

    def _amend(self, missing: Iterable[Said], known: Mapping[str, UUID]) -> None:
        for said in missing:
            author, message_id = self.users[said.author], known[said.client_id]
            if said.edited_to:
                edit_message(actor=author, message_id=message_id, content=said.edited_to)
            if said.deleted:
                delete_message(actor=author, message_id=message_id)
            for emoji, person in said.reactions:
                add_reaction(actor=self.users[person], message_id=message_id, emoji=emoji)
            if said.pinned_by:
                pin_message(actor=self.users[said.pinned_by], message_id=message_id)

    def _mark_read(self) -> None:
        """Everybody has read everything, but for what the plan leaves to Alice."""
        self.room.refresh_from_db(fields=["last_seq"])
        alice = self.users.get("alice")
        for member in RoomMember.objects.with_user().filter(room=self.room):
            seq = self.room.last_seq - (self.plan.unread if member.user == alice else 0)
            if member.last_read_seq != seq:
                mark_read(actor=member.user, room_id=self.room.pk, seq=seq)


def _batches(missing: Sequence[Said]) -> Iterator[list[Said]]:
    """Cut so that nothing answers a message of its own batch."""
    batch: list[Said] = []
    waiting: set[str] = set()
    for said in missing:
        if len(batch) == BATCH or said.reply_to in waiting:
            yield batch
            batch, waiting = [], set()
        batch.append(said)
        waiting.add(said.client_id)
    if batch:
        yield batch
