"""Draw the files of a message, the same for all readers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from assets.delivery.disposition import SHOWN_TYPES
from chat.attachments.snapshots import Snapshot
from chat.attachments.waveforms import draw_waveform, format_clock, measure_width
from lib.media.descriptions import describe_kind, draw_ending, read_ending
from lib.media.kinds import Kind
from lib.text.markdown.highlighting import Highlighter

# Pixels that a picture or a film takes in a feed at most.
MAX_WIDTH, MAX_HEIGHT = 480, 320
# What films without a known size get.
FILM_SIZE = (480, 270)
# Photos of phones, which few browsers draw.
UNSEEN_TYPES = frozenset({"image/heic"})

FACTS = '<span data-file-kind="{}|{}">{}</span>, <span data-file-size="{}">{}</span>'
FILE_KIND = re.compile(r'data-file-kind="([^"|]*)\|([^"]*)">[^<]*<')
FILE_SIZE = re.compile(r'data-file-size="(\d+)">[^<]*<')


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file as the template draws it. `look`: picture, video, audio, row or deleted."""

    shown: Snapshot
    look: str
    width: int = 0
    height: int = 0

    @property
    def url(self) -> str:
        """Return where a click leads: to the file, or to its picture where browsers don't show the file."""
        is_seen = self.shown["mime_type"] in SHOWN_TYPES - UNSEEN_TYPES
        if self.look == "picture" and not is_seen and self.large_url:
            return self.large_url
        return reverse("assets:content", args=[self.shown["id"]])

    @property
    def download_url(self) -> str:
        return reverse("assets:download", args=[self.shown["id"]])

    @property
    def small_url(self) -> str:
        return self._build_thumbnail_url("small")

    @property
    def large_url(self) -> str:
        return self._build_thumbnail_url("large")

    @property
    def picture_url(self) -> str:
        """Return the picture to show; the large one of an animation, for only that moves."""
        is_animated = self.shown.get("frames", 1) > 1
        return self.large_url if is_animated and self.large_url else self.small_url or self.large_url

    @property
    def picture_sources(self) -> str:
        """Return both pictures with their widths, for a browser to choose from; empty where there is no choice."""
        thumbnails = self.shown["thumbnails"]
        if self.picture_url != self.small_url or "large" not in thumbnails:
            return ""
        return f"{self.small_url} {thumbnails['small'][0]}w, {self.large_url} {thumbnails['large'][0]}w"

    @property
    def description(self) -> str:
        return str(self.shown["alt_text"] or self.shown["name"])

    @property
    def ending(self) -> str:
        """Return the ending of its name, where it says something."""
        return read_ending(self.shown["name"])

    @property
    def short_ending(self) -> str:
        return draw_ending(self.shown["name"])

    @property
    def waveform(self) -> tuple[str, str]:
        return draw_waveform(self.shown.get("peaks", ()))

    @property
    def waveform_width(self) -> int:
        return measure_width(self.shown.get("peaks", ()))

    @property
    def seconds(self) -> str:
        """Return how long it plays, as scripts read numbers, empty where nothing tells it."""
        return str(self.shown.get("duration") or "")

    @property
    def clock(self) -> str:
        return format_clock(self.shown["duration"]) if self.shown.get("duration") else ""

    @property
    def facts(self) -> SafeString:
        """Return its kind and size in English, with what `translate_facts` needs to say them in another language."""
        with translation.override(settings.LANGUAGE_CODE):
            mime_type, size = self.shown["mime_type"], self.shown["size"]
            words = describe_kind(f"x.{self.ending}", mime_type)
            return format_html(FACTS, mime_type, self.ending, words, size, filesizeformat(size))

    @property
    def lines(self) -> SafeString:
        """Return how a text begins, coloured where its language is known."""
        text = self.shown.get("first_lines", "")
        coloured = Highlighter().colour(text, self.ending) if text and self.ending else ""
        return mark_safe(coloured) if coloured else format_html("{}", text)  # noqa: S308  escaped by Pygments

    def _build_thumbnail_url(self, size: str) -> str:
        if size not in self.shown["thumbnails"]:
            return ""
        return f"{reverse('assets:thumbnail', args=[self.shown['id']])}?size={size}"


def render_attachments(snapshots: Sequence[Snapshot] | None) -> SafeString:
    """Return `_attachments.html` for the files of a message, empty where there are none."""
    if not snapshots:
        return SafeString("")
    files = [build_shown_file(each) for each in snapshots]
    pictures = [file for file in files if file.look == "picture"]
    others = [file for file in files if file.look != "picture"]
    context = {"pictures": pictures, "others": others}
    html = get_template("chat/messages/_attachments.html").render(context).strip()
    return mark_safe(html)  # noqa: S308  escaped by the template


def translate_facts(html: str) -> str:
    """Return fragments with kinds and sizes of files in the active language. No text holds what is replaced: a `>`."""
    html = FILE_KIND.sub(_translate_kind, html)
    return FILE_SIZE.sub(lambda match: f'data-file-size="{match[1]}">{filesizeformat(int(match[1]))}<', html)


def _translate_kind(match: re.Match[str]) -> str:
    mime_type, ending = unescape(match[1]), match[2]
    return f'data-file-kind="{match[1]}|{ending}">{escape(str(describe_kind(f"x.{ending}", mime_type)))}<'


def build_shown_file(shown: Snapshot) -> ShownFile:
    """Return how a file is drawn, with the space that it takes where it is a picture or a film."""
    if shown.get("is_deleted"):
        return ShownFile(shown, "deleted")
    kind, size = shown["kind"], _find_size(shown)
    if kind == Kind.IMAGE and size and (shown["thumbnails"] or shown["state"] == "pending"):
        return ShownFile(shown, "picture", *_fit_size(*size))
    if kind == Kind.VIDEO and shown["mime_type"] in SHOWN_TYPES:
        return ShownFile(shown, "video", *_fit_size(*(size or FILM_SIZE)))
    if kind == Kind.AUDIO and shown["mime_type"] in SHOWN_TYPES:
        return ShownFile(shown, "audio")
    return ShownFile(shown, "row")


def _find_size(shown: Snapshot) -> tuple[int, int] | None:
    """Return the size of a picture in pixels, None where nothing tells it."""
    if shown.get("width") and shown.get("height"):
        return shown["width"], shown["height"]
    largest = shown["thumbnails"].get("large") or shown["thumbnails"].get("small")
    return (largest[0], largest[1]) if largest else None


def _fit_size(width: int, height: int) -> tuple[int, int]:
    """Return the size at which a picture is shown: never larger than it is."""
    scale = min(1, MAX_WIDTH / width, MAX_HEIGHT / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
