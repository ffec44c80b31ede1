"""Describe audit entries about files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.audit.descriptions import Descriptions

DESCRIPTIONS = {
    "assets_asset": Descriptions(_("Files"), deleted=_("deleted the file {name}")),
    "assets_storageuse": Descriptions(
        _("Storage"), updated={"quota": _("changed how much may be stored from {was} to {now}")}
    ),
}
