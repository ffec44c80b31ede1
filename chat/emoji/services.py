"""Add emoji to an organisation, name and delete them, and serve their pictures."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_created, record_deleted, record_updated
from accounts.models import Membership, Organisation, User, new_id
from accounts.permissions import require_membership
from accounts.security.limits import count_picture
from chat.emoji import events
from chat.emoji.jobs import show_names_instead
from chat.emoji.names import clean_aliases, clean_emoji_name
from chat.models import MAX_EMOJI_PER_ORGANISATION, CustomEmoji, EmojiName, name_emoji_image
from chat.models.emoji import EMOJI_IMAGES
from lib.db.transactions import after_commit
from lib.image_limits import MAX_EMOJI_BYTES, TOO_MANY_EMOJI_BYTES
from lib.images import shrink_emoji
from lib.stored_pictures import PictureFolder
from lib.text.folding import fold_text
from lib.web.errors import Taken, TooLarge

folder = PictureFolder(EMOJI_IMAGES)


def may_add_emoji(membership: Membership) -> bool:
    """Tell whether a member may add emoji."""
    return membership.organisation.lets_add_emoji(membership.role)


def may_change_emoji(membership: Membership, emoji: CustomEmoji) -> bool:
    """Tell whether a member may name and delete an emoji: who has added it may, and administrators."""
    return membership.is_admin or emoji.created_by_id == membership.user_id


def add_emoji(*, actor: User, slug: str, file: File[bytes], name: str, aliases: Sequence[str] = ()) -> CustomEmoji:
    """Add a picture to an organisation as an emoji, under names that nothing there has.

    Raise PermissionDenied for who may not, ValidationError for a bad name or picture, `Taken` for a name that is used,
    `TooLarge` for a file over `MAX_EMOJI_BYTES`.
    """
    membership = require_membership(actor, slug)
    if not may_add_emoji(membership):
        raise PermissionDenied(_("Only administrators may add emoji here."))
    name = clean_emoji_name(name)
    names = [name, *clean_aliases(aliases, name)]
    organisation = membership.organisation
    _require_space(organisation)
    _require_free_names(organisation, names)
    if file.size > MAX_EMOJI_BYTES:
        raise TooLarge("file", TOO_MANY_EMOJI_BYTES)
    count_picture(actor)
    # Decoding takes a while: not while holding SQLite's only writer.
    picture, is_animated = shrink_emoji(file)
    emoji = CustomEmoji(pk=new_id(), organisation=organisation, name=name, is_animated=is_animated, created_by=actor)
    emoji.image.name = name_emoji_image(emoji.pk)
    try:
        emoji.image.storage.save(emoji.image.name, ContentFile(picture))
        _store_emoji(emoji, names, actor)
    except BaseException:
        folder.delete(emoji.image.name)
        raise
    return emoji


def set_emoji_aliases(*, actor: User, emoji_id: UUID, aliases: Sequence[str]) -> CustomEmoji:
    """Replace the further names of an emoji. Raise as `add_emoji` does, PermissionDenied for that of another user."""
    with transaction.atomic():
        emoji = _lock_own_emoji(actor, emoji_id)
        wanted = clean_aliases(aliases, emoji.name)
        before = emoji.aliases
        kept = {fold_text(name) for name in (emoji.name, *wanted)}
        EmojiName.objects.filter(emoji=emoji).exclude(folded_name__in=kept).delete()
        present = set(EmojiName.objects.filter(emoji=emoji).values_list("folded_name", flat=True))
        _store_names(emoji, [alias for alias in wanted if fold_text(alias) not in present])
        emoji = CustomEmoji.objects.for_listing().select_related("organisation").get(pk=emoji.pk)
        if emoji.aliases != before:
            changes = (", ".join(before), ", ".join(emoji.aliases))
            record_updated(actor, emoji, organisation=emoji.organisation, aliases=changes)
            after_commit(events.emoji_updated, emoji)
    return emoji


def delete_emoji(*, actor: User, emoji_id: UUID) -> None:
    """Delete an emoji: what has used it shows its name. Its creator may, and administrators."""
    with transaction.atomic():
        emoji = _lock_own_emoji(actor, emoji_id)
        record_deleted(actor, emoji, organisation=emoji.organisation, name=emoji.name)
        emoji.delete()
        after_commit(folder.delete, emoji.image.name)
        after_commit(events.emoji_deleted, organisation_id=emoji.organisation_id, emoji_id=emoji_id)
        show_names_instead.enqueue(organisation_id=str(emoji.organisation_id), emoji_id=str(emoji_id), shown=str(emoji))


def open_emoji_image(*, actor: User, emoji_id: UUID) -> bytes:
    """Return the WebP bytes of an emoji's picture. Raise CustomEmoji.DoesNotExist for that of another organisation."""
    emoji = CustomEmoji.objects.visible_to(actor).get(pk=emoji_id)
    try:
        return folder.read(emoji.image.name)
    except FileNotFoundError as error:
        raise CustomEmoji.DoesNotExist from error


def _lock_own_emoji(actor: User, emoji_id: UUID) -> CustomEmoji:
    """Return an emoji, locked until the commit, that the actor has added or that they administer."""
    emoji: CustomEmoji = (
        CustomEmoji.objects.visible_to(actor)
        .select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=emoji_id)
    )
    membership = Membership.objects.get(user=actor, organisation=emoji.organisation_id)
    if not may_change_emoji(membership, emoji):
        raise PermissionDenied(_("Only who has added an emoji, or an administrator, may do this."))
    return emoji


def _require_space(organisation: Organisation) -> None:
    if CustomEmoji.objects.filter(organisation=organisation).count() >= MAX_EMOJI_PER_ORGANISATION:
        raise ValidationError(format_lazy(_("{count} emoji are enough."), count=MAX_EMOJI_PER_ORGANISATION))


@transaction.atomic
def _store_emoji(emoji: CustomEmoji, names: Sequence[str], actor: User) -> None:
    # Others are added meanwhile.
    _require_space(Organisation.objects.select_for_update(no_key=True).get(pk=emoji.organisation_id))
    emoji.save(force_insert=True)
    _store_names(emoji, names)
    record_created(actor, emoji, organisation=emoji.organisation, name=emoji.name)
    after_commit(events.emoji_created, emoji)


def _store_names(emoji: CustomEmoji, names: Sequence[str]) -> None:
    try:
        with transaction.atomic():
            for name in names:
                EmojiName.objects.create(organisation=emoji.organisation, emoji=emoji, name=name)
    except IntegrityError as error:
        _require_free_names(emoji.organisation, names, "aliases")
        raise Taken("name", _("Another emoji has this name.")) from error


def _require_free_names(organisation: Organisation, names: Sequence[str], field: str = "name") -> None:
    """Raise `Taken` for a name that another emoji of the organisation has."""
    folded = {fold_text(name): name for name in names}
    taken = EmojiName.objects.filter(organisation=organisation, folded_name__in=folded).first()
    if taken:
        raise Taken(field, format_lazy(_("Another emoji is called “{name}”."), name=taken.name))
