"""Bound the files of pictures. Apart from `lib.images`, which imports Pillow: a server needs the bounds at once."""

from django.utils.translation import gettext_lazy as _

MAX_BYTES = 5 * 1024 * 1024
TOO_MANY_BYTES = _("At most 5 MB.")
# An emoji is small, and may be an animation.
MAX_EMOJI_BYTES = 1024 * 1024
TOO_MANY_EMOJI_BYTES = _("At most 1 MB.")
