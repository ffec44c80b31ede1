"""Describe audit entries in the reader's language.

Other apps that record changes add the descriptions of their tables in `AppConfig.ready`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    # The description of a change; as a pair, of a change to a true value and of one to a false value.
    Clause = StrOrPromise | tuple[StrOrPromise, StrOrPromise]

Action = AuditEntry.Action


@dataclass(frozen=True, slots=True)
class Descriptions:
    """Descriptions of the changes of one table: a title of its rows, and clauses to be read after the actor's name.

    Placeholders of all clauses are `{name}`, the name of the row at that time, and its parts: `{who}` and `{where}` of
    "Bob in design", `{place}` and `{role}` of "Halyard as guest", `{thing}`, which is "token CI" of "token CI of Bob"
    where Bob is the actor, and `{whose}`, which is "their" for the actor's own account, else "Bob’s". Clauses of
    `updated` also have `{was}` and `{now}`, the values of the field. `own` replaces clauses, by field or `created` or
    `deleted`, where the change concerns the actor; `opened` replaces `created`, by the row's `kind`.
    """

    title: StrOrPromise
    created: StrOrPromise = _("made {name}")
    deleted: StrOrPromise = _("deleted {name}")
    updated: Mapping[str, Clause] = field(default_factory=dict)
    own: Mapping[str, StrOrPromise] = field(default_factory=dict)
    opened: Mapping[str, StrOrPromise] = field(default_factory=dict)


# The names of rows are stored in English; these words in them are translated.
ROLES = {
    "owner": pgettext_lazy("role", "owner"),
    "admin": pgettext_lazy("role", "admin"),
    "member": pgettext_lazy("role", "member"),
    "guest": pgettext_lazy("role", "guest"),
    "user": pgettext_lazy("role", "user"),
}
THINGS = {
    "second factor": pgettext_lazy("thing", "authenticator app"),
    "token": pgettext_lazy("thing", "token"),
    "sign-in": pgettext_lazy("thing", "sign-in"),
    "session": pgettext_lazy("thing", "session"),
    "passkey": pgettext_lazy("thing", "passkey"),
}

descriptions_by_table: dict[str, Descriptions] = {
    "accounts_user": Descriptions(
        _("People"),
        created=_("made an account for {name}"),
        deleted=_("deleted the account of {name}"),
        updated={
            "name": _("changed {whose} name from {was} to {now}"),
            "username": _("changed {whose} username from {was} to {now}"),
            "avatar": _("changed {whose} picture"),
            "password": _("changed {whose} password"),
            "connections": (_("connected {now}"), _("disconnected {was}")),
            "new_email": (
                _("asked for another address for {name}, {now}"),
                _("gave up the new address {was} for {name}"),
            ),
            "email": _("changed {whose} address from {was} to {now}"),
            "email_verified_at": (_("confirmed {whose} address"), _("took back that {whose} address is confirmed")),
            "is_active": (_("reactivated {name}"), _("deactivated {name}")),
            "role": _("changed {whose} system role from {was} to {now}"),
            "is_staff": (_("let {name} into the admin"), _("took the admin away from {name}")),
            "is_superuser": (_("gave {name} all rights in the admin"), _("took all rights in the admin from {name}")),
            "groups": _("changed {whose} groups in the admin"),
            "permissions": _("changed {whose} rights in the admin"),
            "sign_ins": _("signed {name} out"),
            "recovery_codes": _("renewed {whose} recovery codes"),
            "tokens": _("ended all of {whose} access tokens"),
        },
        own={
            "created": _("signed up"),
            "new_email": _("asked for another address, {now}"),
            "sign_ins": _("signed out everywhere else"),
        },
    ),
    "accounts_organisation": Descriptions(
        _("Organisation"),
        created=_("created {name}"),
        deleted=_("deleted the organisation {name}"),
        updated={
            "name": _("renamed the organisation from {was} to {now}"),
            "requires_second_factor": (
                _("made two-factor authentication required in {name}"),
                _("made two-factor authentication optional in {name}"),
            ),
            "link_previews": (_("switched link previews on in {name}"), _("switched link previews off in {name}")),
            "removes_photo_data": (
                _("let location and camera be removed from files in {name}"),
                _("let files keep location and camera in {name}"),
            ),
            "edit_window": _("changed for how many minutes messages can be edited from {was} to {now}"),
            "delete_window": _("changed for how many minutes messages can be deleted from {was} to {now}"),
            "emoji_by_admins": (_("let only admins add emoji to {name}"), _("let members add emoji to {name}")),
            "share_links": (_("let boards of {name} be shared by links"), _("forbade share links in {name}")),
            "read_receipts": (_("switched read receipts on in {name}"), _("switched read receipts off in {name}")),
        },
    ),
    "accounts_membership": Descriptions(
        _("Members"),
        created=_("added {who} to {where}"),
        deleted=_("removed {who} from {where}"),
        updated={"role": _("changed {who}’s role from {was} to {now}")},
        own={"created": _("joined {where}"), "deleted": _("left {where}")},
    ),
    "accounts_invitation": Descriptions(
        _("Invitations"),
        created=_("made an invitation to {place} as {role}"),
        deleted=_("revoked an invitation to {place} as {role}"),
        updated={
            "accepted_at": _("accepted an invitation to {place} as {role}"),
            "declined_at": _("declined an invitation to {place} as {role}"),
            "expires_at": _("sent an invitation to {place} as {role} again"),
        },
    ),
    "accounts_tokenfamily": Descriptions(
        _("Access tokens and apps"),
        created=_("made the {thing}"),
        updated={"revoked_at": _("ended the {thing}")},
    ),
    "accounts_session": Descriptions(_("Browsers"), deleted=_("signed out a browser")),
    "accounts_passkey": Descriptions(
        _("Passkeys"),
        created=_("added the {thing}"),
        deleted=_("removed the {thing}"),
        updated={"name": _("renamed a passkey from {was} to {now}")},
    ),
    "accounts_secondfactor": Descriptions(
        _("Two-factor authentication (2FA)"),
        deleted=_("turned off the {thing}"),
        updated={
            "confirmed": _("turned on the {thing}"),
            "recovery_codes": _("renewed the recovery codes of the {thing}"),
        },
    ),
}


def describe_entry(entry: AuditEntry) -> str:
    """Return the description of a change, to be read after the actor's name.

    Such as "changed Bob’s role from member to admin".
    """
    descriptions = descriptions_by_table.get(entry.table_name) or Descriptions(entry.table_name)
    placeholders = _build_placeholders(entry)
    own = descriptions.own if _concerns_actor(entry) else {}
    if entry.action == Action.CREATE:
        _was, kind = entry.changes.get("kind", (None, None))
        clause = descriptions.opened.get(kind) or own.get("created", descriptions.created)
        return str(clause).format(**placeholders)
    if entry.action == Action.DELETE:
        return own.get("deleted", descriptions.deleted).format(**placeholders)
    clauses = [
        _format_clause(own.get(name, clause), placeholders, *_translate_roles(name, entry.changes[name]))
        for name, clause in descriptions.updated.items()
        if name in entry.changes
    ]
    return gettext(" and ").join(clauses) or gettext("changed {name}").format(**placeholders)


def describe_table(entry: AuditEntry) -> str:
    """Return the title of the table of an entry."""
    descriptions = descriptions_by_table.get(entry.table_name)
    return str(descriptions.title) if descriptions else entry.table_name


def describe_actor(entry: AuditEntry) -> str:
    """Return the name of the actor.

    Without a user, a change that came over the network was made by a user who has been deleted since.
    """
    if entry.user is not None:
        return entry.user.name
    return gettext("Somebody") if entry.ip_address else "Atrium"


def describe_value(value: Any) -> str:
    """Return the value of a field before or after a change, as text."""
    if value is None or value in ("", []):
        return gettext("nothing")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _format_clause(clause: Clause, placeholders: Mapping[str, str], was: Any, now: Any) -> str:
    if isinstance(clause, tuple):
        clause = clause[0] if now else clause[1]
    return clause.format(**placeholders, was=describe_value(was), now=describe_value(now))


def _translate_roles(name: str, change: Sequence[Any]) -> tuple[Any, Any]:
    was, now = change
    return (ROLES.get(was, was), ROLES.get(now, now)) if name == "role" else (was, now)


def _build_placeholders(entry: AuditEntry) -> dict[str, str]:
    name = entry.record_name
    who, _, where = name.partition(" in ")
    place, _, role = name.rpartition(" as ")
    own = entry.record_id == entry.user_id
    whose = pgettext("whose", "their") if own else pgettext("whose", "{name}’s").format(name=name)
    return {
        **{"name": name, "who": who, "where": where, "whose": whose, "thing": _describe_thing(entry)},
        **{"place": place, "role": str(ROLES.get(role, role))},
    }


def _describe_thing(entry: AuditEntry) -> str:
    name = entry.record_name
    without_actor = name.removesuffix(f" of {entry.user.name}") if entry.user else name
    kind = next((kind for kind in THINGS if without_actor == kind or without_actor.startswith(f"{kind} ")), "")
    rest = without_actor.removeprefix(kind)
    if without_actor == name and " of " in rest:
        label, _, owner = rest.rpartition(" of ")
        rest = gettext("{thing} of {name}").format(thing=label, name=owner)
    return f"{THINGS[kind]}{rest}" if kind else rest


def _concerns_actor(entry: AuditEntry) -> bool:
    """Tell whether the changed row is the actor's account or belongs to the actor, such as their membership."""
    subjects = (entry.record_id, *entry.changes.get("user", ()))
    return entry.user_id is not None and str(entry.user_id) in map(str, subjects)
