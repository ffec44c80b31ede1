"""Where a person is signed in, and ending it."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts import hooks
from accounts.audit.services import record_deleted, record_updated
from accounts.identities import SessionIdentity
from accounts.models import Session, TokenFamily, User
from accounts.tokens.services.issue import end_families, end_family


def identify_session(session_key: str) -> SessionIdentity | None:
    """Whose browser session this is, by the same rules as Django's own middleware. One query."""
    session = (
        Session.objects.filter(
            session_key=Session.hash_key(session_key), expire_date__gt=timezone.now(), user__is_active=True
        )
        .select_related("user")
        .first()
    )
    if session is None or session.user is None or not _is_signed_in(session, session.user):
        return None
    return SessionIdentity(user=session.user, public_id=session.public_id)


def end_session(*, actor: User, session_id: UUID) -> None:
    """End one of one's own sign-ins, in a browser or by token; its sockets close."""
    with transaction.atomic():
        session = Session.objects.filter(user=actor, public_id=session_id).select_related("user").first()
        if session is not None and _end_browsers(actor, only=session_id):
            record_deleted(actor, session)
        else:
            end_family(actor=actor, family=_signed_in_by_token(actor).select_related("user").get(pk=session_id))


@transaction.atomic
def sign_out_elsewhere(*, actor: User, keep_session: UUID | None) -> None:
    """End one's other sign-ins, for whoever is not sure where they still are."""
    record_updated(actor, actor, sign_ins=(end_other_sessions(user=actor, keep_session=keep_session), 0))


@transaction.atomic
def end_other_sessions(*, user: User, keep_session: UUID | None = None) -> int:
    """Sign a person out everywhere but in one session, be it a browser's or a token's. Personal tokens stay.

    How many ended. Callers write down what it is part of.
    """
    families = _signed_in_by_token(user)
    if keep_session:
        families = families.exclude(pk=keep_session)
    in_browsers = _end_browsers(user, keep=keep_session)
    return in_browsers + end_families(family_ids=list(families.values_list("pk", flat=True)))


def _signed_in_by_token(user: User) -> QuerySet[TokenFamily]:
    families: QuerySet[TokenFamily] = TokenFamily.objects.live().filter(user=user, kind=TokenFamily.Kind.SIGN_IN)
    return families


def _is_signed_in(session: Session, user: User) -> bool:
    data = session.get_decoded()
    proof = data.get(HASH_SESSION_KEY, "")
    hashes = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return data.get(SESSION_KEY) == str(user.pk) and any(constant_time_compare(proof, known) for known in hashes)


def _end_browsers(user: User, *, only: UUID | None = None, keep: UUID | None = None) -> int:
    sessions = Session.objects.filter(user=user)
    if only:
        sessions = sessions.filter(public_id=only)
    public_ids = list(sessions.exclude(public_id=keep).values_list("public_id", flat=True))
    ended, _ = Session.objects.filter(public_id__in=public_ids).delete()
    if public_ids:
        hooks.sessions_ended(keys=[f"session:{public_id}" for public_id in public_ids])
    return ended
