"""Keep previews of pages, one per organisation and page for a day, and serve their pictures."""

from __future__ import annotations

from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import Storage

from accounts.models import User, new_id
from chat.models import LinkPreview
from chat.models.previews import name_image
from chat.previews.links import get_page
from chat.previews.pages import FetchedPage, fetch_page
from lib.outbound.urls import MAX_LENGTH


def find_preview(*, organisation_id: UUID, url: str) -> LinkPreview | None:
    """Return the preview of a page that a link leads to, fetched now unless the organisation has a fresh one.

    None where the page gives none. Takes up to 10 seconds, so never in a transaction.
    """
    page = get_page(url)
    if len(page.encode()) > MAX_LENGTH:
        return None
    kept = LinkPreview.objects.fresh().filter(organisation=organisation_id, url=page).order_by("-created_at").first()
    preview = kept or _store_preview(organisation_id, page, fetch_page(page))
    return None if preview.is_empty else preview


def open_preview_image(*, actor: User, preview_id: UUID) -> bytes:
    """Return the WebP bytes of a preview's picture. Raise LinkPreview.DoesNotExist for one hidden from the actor."""
    preview = LinkPreview.objects.visible_to(actor).exclude(image="").get(pk=preview_id)
    try:
        with preview.image.open() as file:
            picture: bytes = file.read()
    except FileNotFoundError as error:
        raise LinkPreview.DoesNotExist from error
    return picture


def _store_preview(organisation_id: UUID, page: str, fetched: FetchedPage | None) -> LinkPreview:
    preview = LinkPreview(pk=new_id(), organisation_id=organisation_id, url=page)
    if fetched is not None:
        said, picture = fetched
        preview.title, preview.description, preview.site_name = said.title, said.description, said.site_name
        if picture is not None:
            preview.image_width, preview.image_height = picture.width, picture.height
            preview.image.name = _get_storage().save(name_image(preview.pk), ContentFile(picture.content))
    preview.save(force_insert=True)
    return preview


def _get_storage() -> Storage:
    storage: Storage = LinkPreview._meta.get_field("image").storage
    return storage
