"""Faults of the server: rights, events, numbers, sessions, limits."""

from __future__ import annotations

from tests.mutants.fault import Fault

ROOMS, MESSAGES, SOCKET = "tests/chat/rooms", "tests/chat/messages", "tests/chat/socket"
READ_MARKS, EVENTS = f"{MESSAGES}/test_read_marks.py", "tests/promises/test_events.py"

RIGHTS = (
    Fault(
        "A deactivated user may write nowhere.",
        "chat/models/rooms.py",
        "self.filter(room__archived_at=None, user__is_active=True)",
        "self.filter(room__archived_at=None)",
        (f"{ROOMS}/test_permissions.py",),
    ),
    Fault(
        "A draft is its author's alone.",
        "chat/models/drafts.py",
        "return self.filter(user=user)",
        "return self.all()",
        ("tests/chat/drafts/test_drafts.py",),
    ),
    Fault(
        "An emoji means nothing in another organisation.",
        "chat/emoji/names.py",
        "filter(organisation=organisation_id, folded_name=name)",
        "filter(folded_name=name)",
        ("tests/chat/emoji/test_uses.py",),
    ),
    Fault(
        "The picture of an emoji is for members of its organisation.",
        "chat/models/emoji.py",
        "return self.filter(organisation__memberships__user=user)",
        "return self.all()",
        ("tests/chat/emoji/test_emoji.py",),
    ),
    Fault(
        "A read mark that has moved since is not moved back.",
        "chat/catch_up/services.py",
        "if rooms.get(mark.room_id) == mark.after > mark.before]",
        "if mark.room_id in rooms]",
        ("tests/chat/catch_up/test_catch_up.py",),
    ),
    Fault(
        "A room keeps an admin.",
        "chat/rooms/services/members.py",
        "not _has_other_admin(room, user_id):",
        "not _has_other_admin(room, actor.pk):",
        (f"{ROOMS}/test_room_members.py",),
    ),
    Fault(
        "A guest knows users of shared rooms of this organisation alone.",
        "chat/models/rooms.py",
        "own = RoomMember.objects.filter(user=user_id, room__organisation=organisation_id)",
        "own = RoomMember.objects.filter(user=user_id)",
        (f"{ROOMS}/test_guests_and_people.py",),
    ),
    Fault(
        "Only an owner unmakes an owner.",
        "accounts/organisations/services/members.py",
        "if Role.OWNER in (role, membership.role) and own.role != Role.OWNER:",
        "if role == Role.OWNER and own.role != Role.OWNER:",
        ("tests/accounts/organisations/test_members.py",),
    ),
    Fault(
        "Only admins of a room appoint admins while they add members.",
        "chat/rooms/services/members.py",
        "    if role == RoomMember.Role.ADMIN:\n        require_room_admin(actor, room)\n",
        "",
        (f"{ROOMS}/test_room_members.py",),
    ),
)
EVENTS_AND_DELIVERY = (
    Fault(
        "Archiving is announced after the commit.",
        "chat/rooms/services/storing.py",
        "    invalidate_writers(room.pk)\n    after_commit(events.room_updated, room)",
        "    invalidate_writers(room.pk)\n    events.room_updated(room)",
        (EVENTS, "-k", "archive_room or room_updated"),
    ),
    Fault(
        "Taking a reaction back is announced.",
        "chat/messages/services/reactions.py",
        "        if removed:\n            _recount_reactions(message, room)\n"
        "            after_commit(events.message_updated, message)\n",
        "        if removed:\n            _recount_reactions(message, room)\n",
        (f"{MESSAGES}/test_reactions.py",),
    ),
    Fault(
        "Messages of one batch are announced in order.",
        "chat/messages/storing.py",
        "after_commit(events.messages_created, messages)",
        "after_commit(events.messages_created, messages[::-1])",
        (f"{MESSAGES}/test_posting.py",),
    ),
    Fault(
        "The periodic check closes sockets of an expired session.",
        "chat/socket/reconcile.py",
        "public_id__in=browsers, expire_date__gt=timezone.now(), **allowed",
        "public_id__in=browsers, **allowed",
        (f"{SOCKET}/test_reconcile.py",),
    ),
    Fault(
        "A hub remembers the highest version of a room that it has heard of.",
        "lib/realtime/hub.py",
        "max(self.versions.get(topic, 0), max(event.version for event in successive))",
        "successive[0].version",
        ("tests/lib/realtime/test_hub.py", f"{SOCKET}/test_reconcile.py"),
    ),
    Fault(
        "Who has read a message is told no count when it is edited.",
        "chat/messages/counts.py",
        "user__in=user_ids, last_read_seq__lt=message.seq)",
        "user__in=user_ids, last_read_seq__lte=message.seq)",
        (f"{MESSAGES}/test_edits_and_deletes.py",),
    ),
)
NUMBERS = (
    Fault(
        "A mention that was read stops counting.",
        "chat/unread.py",
        'seq__gt=OuterRef("last_read_seq")',
        'seq__gte=OuterRef("last_read_seq")',
        (READ_MARKS,),
    ),
    Fault(
        "A read mark that was moved back is stored.",
        "chat/messages/services/read.py",
        "user=actor).exclude(last_read_seq=mark)",
        "user=actor, last_read_seq__lt=mark)",
        (READ_MARKS,),
    ),
    Fault(
        "A deleted message no longer counts as a mention.",
        "chat/messages/tombstones.py",
        "for model in (Mention, Reaction, Bookmark, MessagePreview):",
        "for model in (Reaction, Bookmark, MessagePreview):",
        (READ_MARKS,),
    ),
    Fault(
        "The first message has no page before it.",
        "chat/messages/queries/feed.py",
        "cursor = keys[0].seq if keys[0].seq > 1 else None",
        "cursor = keys[0].seq if keys[0].seq > 0 else None",
        (f"{MESSAGES}/test_api.py",),
    ),
    Fault(
        "The saved page of an organisation holds its messages only.",
        "chat/messages/queries/bookmarks.py",
        ".within(organisation=organisation.slug).for_rendering()",
        ".within().for_rendering()",
        (f"{MESSAGES}/test_pins_and_bookmarks.py",),
    ),
    Fault(
        "A new name is found at once.",
        "lib/db/folded.py",
        "return [*chosen, *(field.name for field in folded_fields(model) if field.source in chosen)]",
        "return chosen",
        ("tests/lib/db/test_folded.py",),
    ),
)
SESSIONS = (
    Fault(
        "A session that has ended ends no second time.",
        "accounts/tokens/services/families.py",
        "pk__in=family_ids, revoked_at=None)",
        "pk__in=family_ids)",
        ("tests/accounts/sessions/test_sessions.py",),
    ),
    Fault(
        "The same Idempotency-Key and body for another room is another request.",
        "accounts/idempotency.py",
        "request.get_full_path().encode() + request.body",
        "request.body",
        ("tests/accounts/test_idempotency.py",),
    ),
    Fault(
        "A refresh token used again by another client ends its family.",
        "accounts/tokens/services/refresh.py",
        "        and get_network(family.ip_address) == get_network(ip_address)\n",
        "",
        ("tests/accounts/tokens/test_refresh.py",),
    ),
    Fault(
        "A password that was changed while it was checked signs nobody in.",
        "accounts/sign_in/services.py",
        "pk=user.pk, password=user.password, is_active=True",
        "pk=user.pk, is_active=True",
        ("tests/accounts/sign_in/test_api.py",),
    ),
    Fault(
        "A code of an app works once, for several at the same time too.",
        "accounts/mfa/services/verification.py",
        "filter(pk=factor.pk, last_t__lt=step).update(last_t=step)",
        "filter(pk=factor.pk).update(last_t=step)",
        ("tests/accounts/mfa/test_verification.py",),
    ),
    Fault(
        "Without TRUSTED_PROXIES, X-Forwarded-Proto is not believed.",
        "config/settings.py",
        "if TRUSTED_PROXIES:\n    SECURE_PROXY_SSL_HEADER",
        "if True:\n    SECURE_PROXY_SSL_HEADER",
        ("tests/config/test_settings.py", "-k", "proxy"),
    ),
    Fault(
        "Ending the other sessions announces the ends of theirs alone.",
        "accounts/sessions/services.py",
        "public_ids = list(sessions.exclude(public_id=keep).values_list",
        "public_ids = list(sessions.values_list",
        ("tests/accounts/sessions/test_sessions.py",),
    ),
)
LIMITS = (
    Fault(
        "Refusals of a socket add up until its client slows down.",
        "chat/socket/limits.py",
        "if self._tokens > BURST / 2:",
        "if self._tokens >= 0:",
        (f"{SOCKET}/test_limits.py",),
    ),
    Fault(
        "A socket that sends too many frames is closed.",
        "chat/socket/consumer.py",
        "if self.limit.refusals > MAX_REFUSALS:",
        "if self.limit.refusals > MAX_REFUSALS**2:",
        (f"{SOCKET}/live/test_connection_limits.py", "-k", "floods"),
    ),
    Fault(
        "A lock-out lasts from the last wrong guess on.",
        "lib/rate_limit.py",
        "        cache.touch(cache_key, self.seconds)\n",
        "",
        ("tests/accounts/security/test_lockout.py",),
    ),
    Fault(
        "What was queued when a writer stops is committed.",
        "lib/db/group_commit.py",
        "            running = len(entries) == len(batch)\n            if entries:",
        "            running = len(entries) == len(batch)\n            if entries and running:",
        ("tests/lib/db/test_group_commit.py",),
    ),
)
FAULTS = (*RIGHTS, *EVENTS_AND_DELIVERY, *NUMBERS, *SESSIONS, *LIMITS)
