"""What is written down of each change, however it is asked for; and what never is."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from accounts.mfa.services.enrolment import begin_enrolment
from accounts.models import AuditEntry, Invitation, Organisation, Session, User
from accounts.organisations.services import invitations
from accounts.sign_up import services
from accounts.tokens.services import personal
from tests.accounts.steps import code_of, connected, enrol
from tests.conftest import ApiFor, ClientFor
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

MESSAGE_RULES = {"edit_window": 15, "delete_window": 0, "read_receipts": False}


def recorded(since: int = 0) -> Any:
    """Action, table and changed fields of the entries after the first so many, oldest first."""
    entries = AuditEntry.objects.order_by("pk")[since:]
    return [(entry.action, entry.table_name, *sorted(entry.changes)) for entry in entries]


class Stage:
    """Halyard and its people, as a call to REST finds them."""

    def __init__(
        self, alice: User, bob: User, charlie: User, root: User, halyard: Organisation, client_for: Callable[..., Any]
    ) -> None:
        self.alice, self.bob, self.charlie, self.root, self.client_for = alice, bob, charlie, root, client_for

    def with_password(self) -> None:
        User.objects.filter(pk=self.alice.pk).update(password=services.make_password(PASSWORD))

    def with_picture(self) -> None:
        User.objects.filter(pk=self.alice.pk).update(avatar="avatars/alice.webp")

    def locked_out(self) -> None:
        User.objects.filter(pk=self.bob.pk).update(is_active=False)

    def session(self) -> UUID:
        self.client_for(self.alice)
        return Session.objects.get(user=self.alice).public_id

    def code(self) -> str:
        """Of an app that counts already."""
        return code_of(enrol(self.alice).secret)

    def token(self) -> UUID:
        return personal.create_token(actor=self.alice, name="CI", scopes=["account:read"]).family.pk

    def account_of_bob(self) -> str:
        """With something to sign out, and a second factor to take away."""
        enrol(self.bob)
        self.client_for(self.bob)
        return f"/admin/users/{self.bob.pk}"

    def invitation(self, **details: Any) -> Invitation:
        return invitations.create_invitation(actor=self.alice, slug="halyard", **details)

    def awaiting(self) -> Invitation:
        """One for the confirmed address of Charlie."""
        User.objects.filter(pk=self.charlie.pk).update(email_verified_at=self.charlie.created_at)
        return self.invitation(email=self.charlie.email)


USER, FACTOR, FAMILY = "accounts_user", "accounts_secondfactor", "accounts_tokenfamily"
INVITATION, MEMBERSHIP, ORGANISATION = "accounts_invitation", "accounts_membership", "accounts_organisation"
# By operation: how it is asked for, and what is then written down.
RECORDED = {
    "sign_up": (
        lambda stage: ("/auth/signup", {"email": "dora@halyard.example", "password": "a-quiet-harbour-7", "name": "D"}),
        [("create", USER, "email", "name", "username")],
    ),
    "revoke_tokens": (lambda stage: ("/auth/token/revoke", None), [("update", FAMILY, "revoked_at")]),
    "update_me": (
        lambda stage: ("/me", {"name": "Alice B", "username": "alice-b", "theme": "dark", "metadata": {"a": 1}}),
        [("update", USER, "name", "username")],
    ),
    "change_password": (
        lambda stage: (
            stage.with_password()
            or ("/me/password", {"current_password": PASSWORD, "new_password": "a-quiet-harbour-7"})
        ),
        [("update", USER, "password")],
    ),
    "change_address": (
        lambda stage: (
            stage.with_password() or ("/me/email", {"current_password": PASSWORD, "email": "alice@moreau.example"})
        ),
        [("update", USER, "new_email")],
    ),
    "end_session": (lambda stage: (f"/me/sessions/{stage.session()}", None), [("delete", "accounts_session")]),
    "confirm_second_factor": (
        lambda stage: ("/me/two-factor/confirm", {"otp": code_of(begin_enrolment(actor=stage.alice).secret)}),
        [("update", FACTOR, "confirmed")],
    ),
    "regenerate_recovery_codes": (
        lambda stage: ("/me/two-factor/recovery-codes", {"otp": stage.code()}),
        [("update", "accounts_user", "recovery_codes")],
    ),
    "remove_second_factor": (
        lambda stage: ("/me/two-factor", {"otp": stage.code()}),
        [("delete", FACTOR, "confirmed_at")],
    ),
    "create_personal_token": (
        lambda stage: ("/me/tokens", {"name": "CI", "scopes": ["account:read"]}),
        [("create", FAMILY, "expires_at", "name", "scopes")],
    ),
    "revoke_personal_token": (
        lambda stage: (f"/me/tokens/{stage.token()}", None),
        [("update", FAMILY, "revoked_at")],
    ),
    "create_organisation": (
        lambda stage: ("/orgs", {"name": "Atelier"}),
        [
            ("create", ORGANISATION, "name", "slug"),
            ("create", MEMBERSHIP, "role", "user"),
            ("create", "chat_room", "kind", "members", "name", "topic"),
        ],
    ),
    "update_organisation": (
        lambda stage: (
            "/orgs/halyard",
            {"name": "Harbour", "link_previews": False, "removes_photo_data": False} | MESSAGE_RULES,
        ),
        [("update", ORGANISATION, name) for name in ("name", "link_previews", "removes_photo_data")]
        + [("update", ORGANISATION, *sorted(MESSAGE_RULES))],
    ),
    "delete_organisation": (lambda stage: ("/orgs/halyard", None), [("delete", ORGANISATION, "name", "slug")]),
    "change_organisation_member_role": (
        lambda stage: (f"/orgs/halyard/members/{stage.bob.pk}", {"role": "admin"}),
        [("update", MEMBERSHIP, "role")],
    ),
    "remove_organisation_member": (
        lambda stage: (f"/orgs/halyard/members/{stage.bob.pk}", None),
        [("delete", MEMBERSHIP, "role", "user")],
    ),
    "create_invitation": (
        lambda stage: ("/orgs/halyard/invitations", {"role": "guest"}),
        [("create", INVITATION, "email", "expires_at", "role")],
    ),
    "revoke_invitation": (
        lambda stage: (f"/orgs/halyard/invitations/{stage.invitation().pk}", None),
        [("delete", INVITATION, "email", "role")],
    ),
    "accept_invitation": (
        lambda stage: (f"/invitations/{stage.invitation(email=stage.charlie.email).token}/accept", None),
        [("create", MEMBERSHIP, "role", "user"), ("update", INVITATION, "accepted_at")],
    ),
    "accept_awaiting_invitation": (
        lambda stage: (f"/me/invitations/{stage.awaiting().pk}/accept", None),
        [("create", MEMBERSHIP, "role", "user"), ("update", INVITATION, "accepted_at")],
    ),
    "remove_avatar": (lambda stage: stage.with_picture() or ("/me/avatar", None), [("update", USER, "avatar")]),
    "delete_linked_account": (
        lambda stage: stage.with_password() or (f"/me/connections/{connected(stage.alice, 'alice').pk}", None),
        [("update", USER, "connections")],
    ),
    "create_user": (
        lambda stage: ("/admin/users", {"email": "dora@halyard.example", "name": "Dora"}),
        [("create", USER, "email", "name", "role", "username")],
    ),
    "update_user": (lambda stage: (stage.account_of_bob(), {"name": "Bobby"}), [("update", USER, "name")]),
    "deactivate_user": (
        lambda stage: (f"{stage.account_of_bob()}/deactivate", None),
        [("update", USER, "is_active", "sign_ins")],
    ),
    "activate_user": (
        lambda stage: stage.locked_out() or (f"{stage.account_of_bob()}/activate", None),
        [("update", USER, "is_active")],
    ),
    "sign_user_out": (lambda stage: (f"{stage.account_of_bob()}/sign-out", None), [("update", USER, "sign_ins")]),
    "take_second_factor_away": (
        lambda stage: (f"{stage.account_of_bob()}/two-factor", None),
        [("delete", FACTOR, "confirmed_at")],
    ),
}
# Who asks, where it isn't Alice.
ACTORS = {
    "sign_up": lambda stage: None,
    "accept_invitation": lambda stage: stage.charlie,
    "accept_awaiting_invitation": lambda stage: stage.charlie,
    **dict.fromkeys(
        ("create_user", "update_user", "deactivate_user", "activate_user", "sign_user_out", "take_second_factor_away"),
        lambda stage: stage.root,
    ),
}


@pytest.fixture
def stage(alice: User, bob: User, charlie: User, root: User, halyard: Organisation, client_for: ClientFor) -> Stage:
    return Stage(alice, bob, charlie, root, halyard, client_for)


@pytest.mark.parametrize("operation", RECORDED)
def test_an_operation_is_written_down(
    operation: str, stage: Stage, operations: dict[str, str], api_for: ApiFor
) -> None:
    ask, expected = RECORDED[operation]
    path, body = ask(stage)
    actor = ACTORS.get(operation, lambda stage: stage.alice)(stage)
    client, before = api_for(actor), AuditEntry.objects.count()

    answer = client.call(operations[operation], path, body, **{"X-Forwarded-For": "198.51.100.9"})

    assert answer.status_code < 300, answer.content
    assert recorded(before) == expected
    by = {(entry.user, entry.ip_address) for entry in AuditEntry.objects.order_by("pk")[before:]}
    assert by == {(actor or User.objects.get(name="D"), "127.0.0.1")}  # nobody is trusted to say otherwise
