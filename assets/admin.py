"""Show files and the use of the storage in the admin."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat

from accounts.models import User
from assets.models import Asset, Blob, BlobSearchEntry, BlobText, StorageUse, Thumbnail, Upload
from assets.storing.services import MAX_QUOTA, set_storage_quota
from lib.text.sizes import format_exact_size, parse_size
from lib.web.admin import LookupAdmin


@admin.register(Asset)
class AssetAdmin(LookupAdmin):
    list_display = ("name", "organisation", "owner", "size", "created_at", "deleted_at")
    list_select_related = ("organisation", "owner", "blob")
    search_fields = ("folded_name",)


@admin.register(Blob)
class BlobAdmin(LookupAdmin):
    list_display = ("sha256", "organisation", "mime_type", "size", "state", "created_at")
    list_filter = ("kind", "state")
    list_select_related = ("organisation",)
    search_fields = ("sha256", "path")


@admin.register(BlobText)
class BlobTextAdmin(LookupAdmin):
    list_display = ("blob", "created_at")
    list_select_related = ("blob",)


@admin.register(BlobSearchEntry)
class BlobSearchEntryAdmin(LookupAdmin):
    list_display = ("id", "blob", "organisation")
    list_select_related = ("blob", "organisation")
    date_hierarchy = "blob__created_at"


@admin.register(Thumbnail)
class ThumbnailAdmin(LookupAdmin):
    list_display = ("path", "size", "mime_type", "width", "height", "byte_count", "created_at")


@admin.register(Upload)
class UploadAdmin(LookupAdmin):
    list_display = ("name", "organisation", "owner", "length", "expires_at", "created_at")
    list_select_related = ("organisation", "owner")


class QuotaForm(forms.ModelForm):
    """Form of a quota, in bytes or with a unit."""

    quota = forms.CharField(
        required=False,
        max_length=30,
        help_text="Such as 20 GB, or bytes without a unit. Empty: STORAGE_QUOTA of the server. "
        "Less than is used deletes nothing: then nothing more is stored.",
    )

    class Meta:
        model = StorageUse
        fields = ("organisation", "quota")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.quota is not None:
            self.initial["quota"] = format_exact_size(self.instance.quota)

    def clean_quota(self) -> int | None:
        """Return bytes, None for an empty field."""
        text = self.cleaned_data["quota"]
        try:
            quota = parse_size(text) if text else None
        except ValueError as error:
            raise forms.ValidationError("Write a size such as 20 GB.") from error
        if quota is not None and quota > MAX_QUOTA:
            raise forms.ValidationError("At most a million terabytes.")
        return quota


@admin.register(StorageUse)
class StorageUseAdmin(LookupAdmin):
    """Quotas, which system administrators set. An organisation that has stored nothing yet is added."""

    form = QuotaForm
    list_display = ("organisation", "used_in_words", "quota_in_words", "created_at")
    list_select_related = ("organisation",)
    search_fields = ("organisation__folded_name", "organisation__slug")

    @admin.display(ordering="used", description="used")
    def used_in_words(self, use: StorageUse) -> str:
        return filesizeformat(use.used)

    @admin.display(ordering="quota", description="quota")
    def quota_in_words(self, use: StorageUse) -> str:
        return "no limit" if use.limit is None else filesizeformat(use.limit)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_change_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return cast(User, request.user).role == User.Role.ADMIN

    def get_readonly_fields(self, request: HttpRequest, obj: StorageUse | None = None) -> tuple[str, ...]:
        return () if obj is None else ("organisation", "used_in_words")

    def save_model(self, request: HttpRequest, obj: StorageUse, form: Any, change: bool) -> None:
        """Save through the service, which writes the audit entry."""
        quota, organisation_id = form.cleaned_data["quota"], obj.organisation_id
        obj.pk = set_storage_quota(actor=cast(User, request.user), organisation_id=organisation_id, quota=quota).pk
