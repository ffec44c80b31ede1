"""Notify the apps above of changes in accounts.

An app subscribes by appending an object, or a module, with all functions of `Subscriber` to `subscribers`. Each call
runs inside the transaction of the change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Invitation, Membership, Organisation, User


class Subscriber(Protocol):
    """Interface of a subscriber; each function is described below, where it is called."""

    def organisation_created(self, *, owner: Membership) -> None: ...
    def organisation_deleted(self, *, organisation: Organisation) -> None: ...
    def member_joined(self, *, membership: Membership) -> None: ...
    def member_role_changed(self, *, membership: Membership) -> None: ...
    def member_left(self, *, organisation: Organisation, user: User, actor: User | None = None) -> None: ...
    def second_factor_requirement_changed(self, *, organisation: Organisation) -> None: ...
    def acquaintances_of(self, *, user_id: UUID, organisation: Organisation) -> QuerySet[Any, UUID]: ...
    def hold_handles(self, *, user: User) -> None: ...
    def is_handle_used(self, *, user: User, handle: str) -> bool: ...
    def user_changed(self, *, user: User) -> None: ...
    def appearance_changed(self, *, user: User) -> None: ...
    def metadata_changed(self, *, user: User) -> None: ...
    def sessions_ended(self, *, keys: list[str]) -> None: ...


class NoticeListener(Protocol):
    """Interface of what hears of the mails that users get about their accounts."""

    def notice_mailed(self, *, user: User, name: str, details: Mapping[str, Any]) -> None: ...


class InvitationListener(Protocol):
    """Interface of what hears of invitations."""

    def invitation_created(self, *, invitation: Invitation) -> None: ...
    def invitation_ended(self, *, invitation_id: UUID) -> None: ...


class DeletionListener(Protocol):
    """Interface of what hears of organisations that are deleted, and of no other change."""

    def organisation_deleted(self, *, organisation: Organisation) -> None: ...


class SharingListener(Protocol):
    """Interface of what hears of organisations that forbid to share by links."""

    def share_links_forbidden(self, *, organisation: Organisation, actor: User) -> None: ...


subscribers: list[Subscriber] = []
deletion_listeners: list[DeletionListener] = []
notice_listeners: list[NoticeListener] = []
invitation_listeners: list[InvitationListener] = []
sharing_listeners: list[SharingListener] = []


def notice_mailed(*, user: User, name: str, details: Mapping[str, Any]) -> None:
    """Notify that a user is mailed about their account, such as of a new device; `name` is the mail's."""
    for listener in notice_listeners:
        listener.notice_mailed(user=user, name=name, details=details)


def invitation_created(*, invitation: Invitation) -> None:
    """Notify that an invitation is stored: for the user of an address, or as a link for any user."""
    for listener in invitation_listeners:
        listener.invitation_created(invitation=invitation)


def invitation_ended(*, invitation_id: UUID) -> None:
    """Notify that an invitation is accepted, declined, revoked or replaced."""
    for listener in invitation_listeners:
        listener.invitation_ended(invitation_id=invitation_id)


def organisation_created(*, owner: Membership) -> None:
    """Notify that an organisation has been created; its owner's membership has organisation and user loaded."""
    for subscriber in subscribers:
        subscriber.organisation_created(owner=owner)


def organisation_deleted(*, organisation: Organisation) -> None:
    """Notify that an organisation is about to be deleted; its rows still exist."""
    for listener in (*subscribers, *deletion_listeners):
        listener.organisation_deleted(organisation=organisation)


def share_links_forbidden(*, organisation: Organisation, actor: User) -> None:
    """Notify that nothing in an organisation may be shared by a link any more."""
    for listener in sharing_listeners:
        listener.share_links_forbidden(organisation=organisation, actor=actor)


def member_joined(*, membership: Membership) -> None:
    """Notify that a user has become a member; the membership has organisation and user loaded."""
    for subscriber in subscribers:
        subscriber.member_joined(membership=membership)


def member_role_changed(*, membership: Membership) -> None:
    """Notify that the role of a member has changed; the membership has organisation and user loaded."""
    for subscriber in subscribers:
        subscriber.member_role_changed(membership=membership)


def member_left(*, organisation: Organisation, user: User, actor: User | None = None) -> None:
    """Notify that a membership has ended; `actor` is the user who ended it: the member or an administrator."""
    for subscriber in subscribers:
        subscriber.member_left(organisation=organisation, user=user, actor=actor)


def second_factor_requirement_changed(*, organisation: Organisation) -> None:
    """Notify that an organisation now requires a second factor of its members, or no longer does.

    `second_factor_due` of some of its members has changed.
    """
    for subscriber in subscribers:
        subscriber.second_factor_requirement_changed(organisation=organisation)


def acquaintances_of(*, user_id: UUID, organisation: Organisation) -> list[QuerySet[Any, UUID]]:
    """Return the ids of the users that share something, such as a room, with a guest: one queryset per app."""
    return [subscriber.acquaintances_of(user_id=user_id, organisation=organisation) for subscriber in subscribers]


def hold_handles(*, user: User) -> None:
    """Let nothing else be mentioned by another name in the organisations of a user, until the commit."""
    for subscriber in subscribers:
        subscriber.hold_handles(user=user)


def is_handle_used(*, user: User, handle: str) -> bool:
    """Tell whether something else, such as a group, is mentioned by a name in one of the organisations of a user."""
    return any(subscriber.is_handle_used(user=user, handle=handle) for subscriber in subscribers)


def user_changed(*, user: User) -> None:
    """Notify that a user's name, username or right to sign in has changed."""
    for subscriber in subscribers:
        subscriber.user_changed(user=user)


def appearance_changed(*, user: User) -> None:
    """Notify that a user's picture, status or availability has changed."""
    for subscriber in subscribers:
        subscriber.appearance_changed(user=user)


def metadata_changed(*, user: User) -> None:
    """Notify that what a user's clients keep about them has changed."""
    for subscriber in subscribers:
        subscriber.metadata_changed(user=user)


def sessions_ended(*, keys: list[str]) -> None:
    """Notify that sessions have ended. Keys are `session:<public id>` of a browser, `token:<family id>` of a client."""
    for subscriber in subscribers:
        subscriber.sessions_ended(keys=keys)
