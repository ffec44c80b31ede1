"""Bound the files of pictures, apart from `lib.images`, which imports Pillow: a server knows the bound from its start."""

from django.utils.translation import gettext_lazy as _

MAX_BYTES = 5 * 1024 * 1024
TOO_MANY_BYTES = _("At most 5 MB.")
