"""The audit trail in the words of its readers. An app that records changes adds the words for its tables when it is
ready.
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

    # What is said of a change; or of one to something, and of one to nothing (no, never).
    Clause = StrOrPromise | tuple[StrOrPromise, StrOrPromise]

Action = AuditEntry.Action


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a table: what its rows are, and after somebody's name what they did to one.

    Clauses may use `{name}` of the row then, `{was}` and `{now}` of the field. Where rows are somebody's, `{who}` and
    `{where}` are the parts of "Bob in design", `{place}` and `{role}` those of "Halyard as guest", `{thing}` is "token
    CI" of the actor's own "token CI of Bob", and `{whose}` is "their", or "Bob’s" of somebody else's account. `own`
    takes the place of a clause about oneself, `opened` that of `created` for a `kind` of row.
    """

    title: StrOrPromise
    created: StrOrPromise = _("made {name}")
    deleted: StrOrPromise = _("deleted {name}")
    updated: Mapping[str, Clause] = field(default_factory=dict)
    own: Mapping[str, StrOrPromise] = field(default_factory=dict)
    opened: Mapping[str, StrOrPromise] = field(default_factory=dict)


# Rows are named in English, whoever reads of them: these words of their names turn to the reader's language.
ROLES = {
    "owner": pgettext_lazy("role", "owner"),
    "admin": pgettext_lazy("role", "admin"),
    "member": pgettext_lazy("role", "member"),
    "guest": pgettext_lazy("role", "guest"),
    "user": pgettext_lazy("role", "user"),
}
THINGS = {
    "second factor": pgettext_lazy("thing", "second factor"),
    "token": pgettext_lazy("thing", "token"),
    "sign-in": pgettext_lazy("thing", "sign-in"),
    "session": pgettext_lazy("thing", "session"),
}

words: dict[str, Words] = {
    "accounts_user": Words(
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
            "is_active": (_("let {name} in again"), _("locked {name} out")),
            "role": _("changed {whose} role in this place from {was} to {now}"),
            "is_staff": (_("let {name} into the admin"), _("took the admin away from {name}")),
            "is_superuser": (_("gave {name} all rights in the admin"), _("took all rights in the admin from {name}")),
            "groups": _("changed {whose} groups in the admin"),
            "permissions": _("changed {whose} rights in the admin"),
            "sign_ins": _("signed {name} out"),
            "tokens": _("ended all of {whose} access tokens"),
        },
        own={
            "created": _("signed up"),
            "new_email": _("asked for another address, {now}"),
            "sign_ins": _("signed out everywhere else"),
        },
    ),
    "accounts_organisation": Words(
        _("Organisation"),
        created=_("founded {name}"),
        deleted=_("deleted the organisation {name}"),
        updated={
            "name": _("renamed the organisation from {was} to {now}"),
            "requires_second_factor": (
                _("asked all members of {name} for a second factor"),
                _("no longer asks members of {name} for a second factor"),
            ),
        },
    ),
    "accounts_membership": Words(
        _("Members"),
        created=_("added {who} to {where}"),
        deleted=_("removed {who} from {where}"),
        updated={"role": _("changed {who}’s role from {was} to {now}")},
        own={"created": _("joined {where}"), "deleted": _("left {where}")},
    ),
    "accounts_invitation": Words(
        _("Invitations"),
        created=_("made an invitation to {place} as {role}"),
        deleted=_("took back an invitation to {place} as {role}"),
        updated={"accepted_at": _("accepted an invitation to {place} as {role}")},
    ),
    "accounts_tokenfamily": Words(
        _("Access tokens and apps"),
        created=_("made the {thing}"),
        updated={"revoked_at": _("ended the {thing}")},
    ),
    "accounts_session": Words(_("Browsers"), deleted=_("signed out a browser")),
    "accounts_secondfactor": Words(
        _("Second factor"),
        deleted=_("turned off the {thing}"),
        updated={
            "confirmed": _("turned on the {thing}"),
            "recovery_codes": _("renewed the recovery codes of the {thing}"),
        },
    ),
}


def sentence(entry: AuditEntry) -> str:
    """What somebody did, to be read after their name: "changed Bob’s role from member to admin"."""
    known = words.get(entry.table_name) or Words(entry.table_name)
    parts = _parts(entry)
    own = known.own if _is_own(entry) else {}
    if entry.action == Action.CREATE:
        _was, kind = entry.changes.get("kind", (None, None))
        return str(known.opened.get(kind) or own.get("created", known.created)).format(**parts)
    if entry.action == Action.DELETE:
        return own.get("deleted", known.deleted).format(**parts)
    clauses = {name: own.get(name, clause) for name, clause in known.updated.items() if name in entry.changes}
    said = [_clause(clause, parts, *_sides(name, entry.changes[name])) for name, clause in clauses.items()]
    return gettext(" and ").join(said) or gettext("changed {name}").format(**parts)


def kind_of(entry: AuditEntry) -> str:
    """What sort of thing it is about."""
    known = words.get(entry.table_name)
    return str(known.title) if known else entry.table_name


def actor_of(entry: AuditEntry) -> str:
    """Whose name the sentence begins with. Nobody's: what came over the network was of somebody deleted since."""
    if entry.user is not None:
        return entry.user.name
    return gettext("Somebody") if entry.ip_address else "Atrium"


def shown(value: Any) -> str:
    """One side of a change."""
    if value is None or value in ("", []):
        return gettext("nothing")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _clause(clause: Clause, parts: Mapping[str, str], was: Any, now: Any) -> str:
    if isinstance(clause, tuple):
        clause = clause[0] if now else clause[1]
    return clause.format(**parts, was=shown(was), now=shown(now))


def _sides(name: str, change: Sequence[Any]) -> tuple[Any, Any]:
    was, now = change
    return (ROLES.get(was, was), ROLES.get(now, now)) if name == "role" else (was, now)


def _parts(entry: AuditEntry) -> dict[str, str]:
    name = entry.record_name
    who, _, where = name.partition(" in ")
    place, _, role = name.rpartition(" as ")
    own = entry.record_id == entry.user_id
    whose = pgettext("whose", "their") if own else pgettext("whose", "{name}’s").format(name=name)
    return {
        **{"name": name, "who": who, "where": where, "whose": whose, "thing": _thing(entry)},
        **{"place": place, "role": str(ROLES.get(role, role))},
    }


def _thing(entry: AuditEntry) -> str:
    name = entry.record_name
    mine = name.removesuffix(f" of {entry.user.name}") if entry.user else name
    kind = next((kind for kind in THINGS if mine == kind or mine.startswith(f"{kind} ")), "")
    rest = mine.removeprefix(kind)
    if mine == name and " of " in rest:
        before, _, owner = rest.rpartition(" of ")
        rest = gettext("{thing} of {name}").format(thing=before, name=owner)
    return f"{THINGS[kind]}{rest}" if kind else rest


def _is_own(entry: AuditEntry) -> bool:
    """Whether it is about the actor: their account, or a place of theirs."""
    subjects = (entry.record_id, *entry.changes.get("user", ()))
    return entry.user_id is not None and str(entry.user_id) in map(str, subjects)
