"""Read videos and sounds: their tracks, their length, a poster."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from lib.media.decoder.pictures import MAX_PIXELS, TRANSPOSITIONS, fit_size
from lib.media.decoder.refusals import Refusal
from lib.media.decoder.signatures import detect_picture, read_brand
from lib.media.decoder.thumbnails import SIDES, write_thumbnails

try:
    import av
except ImportError:  # without it, signatures must do: no poster, no length
    IS_AV_INSTALLED = False
else:
    IS_AV_INSTALLED = True

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

# MIME types by format: with pictures, with sound alone.
TYPES = {
    "mov": ("video/mp4", "audio/mp4"),
    "quicktime": ("video/quicktime", "audio/mp4"),
    "matroska": ("video/x-matroska", "audio/x-matroska"),
    "webm": ("video/webm", "audio/webm"),
    "ogg": ("video/ogg", "audio/ogg"),
    "mp3": ("audio/mpeg", "audio/mpeg"),
    "aac": ("audio/aac", "audio/aac"),
    "wav": ("audio/wav", "audio/wav"),
    "flac": ("audio/flac", "audio/flac"),
    "aiff": ("audio/aiff", "audio/aiff"),
    "amr": ("audio/amr", "audio/amr"),
    "caf": ("audio/x-caf", "audio/x-caf"),
    "avi": ("video/x-msvideo", "video/x-msvideo"),
    "flv": ("video/x-flv", "video/x-flv"),
    "asf": ("video/x-ms-wmv", "audio/x-ms-wma"),
    "mpegts": ("video/mp2t", "video/mp2t"),
    "mpeg": ("video/mpeg", "video/mpeg"),
}
# Formats whose head tells no length, or a guess by the bit rate.
GUESSED_LENGTHS = ("mp3", "aac")
# Of these all packets are counted while an upload waits; of larger ones by the job that makes the poster.
MAX_COUNTED_BYTES = 32 * 1024 * 1024
# Films often begin in black.
POSTER_SECONDS = 1.0
MICROSECONDS = 1_000_000
# Nothing but the file itself is opened: playlists name others, also of other servers.
OPTIONS = {"protocol_whitelist": "file"}


def probe_recording(path: Path, format: str, head: bytes) -> dict[str, Any] | None:
    """Return what the tracks of a recording tell, None for one without tracks, which is something else."""
    name = _name_container(format, head)
    if not IS_AV_INSTALLED:
        return {"mime_type": TYPES[name][format == "mov" and read_brand(head).startswith(b"M4")], "format": name}
    try:
        with open_recording(path, format) as container:
            video, has_sound = find_video(container), bool(container.streams.audio)
            if not video and not has_sound:
                return None
            size = _read_size(container, video) if video else (None, None)
            duration = _read_duration(container, format)
        if duration is None and path.stat().st_size <= MAX_COUNTED_BYTES:
            duration = count_duration(path, format)
    except (av.error.FFmpegError, ValueError, EOFError):
        return None
    mime_type = TYPES[name][0 if video else 1]
    return {"mime_type": mime_type, "format": name, "width": size[0], "height": size[1], "duration": duration}


def render_recording(path: Path, format: str, folder: Path) -> dict[str, Any]:
    """Write the thumbnails of a poster or cover, where there is one; return codecs and length as its metadata."""
    if not IS_AV_INSTALLED:
        raise Refusal("unsupported", "PyAV is not installed.")
    with open_recording(path, format) as container:
        metadata: dict[str, Any] = {"codecs": [stream.codec_context.name for stream in list_played(container)]}
        duration = _read_duration(container, format)
        video = find_video(container)
        picture = _read_poster(container, video, duration) if video else _read_cover(container)
    metadata["duration"] = duration if duration is not None else count_duration(path, format)
    return (write_thumbnails(picture, folder, is_photo=True) if picture else {}) | {"metadata": metadata}


def open_recording(path: Path, format: str) -> InputContainer:
    """Open a recording as the format that its signature says, and no other."""
    return av.open(str(path), mode="r", format=format, options=OPTIONS, metadata_errors="replace")


def list_played(container: InputContainer) -> list[Any]:
    """Return the first track of pictures and the first of sound."""
    video = find_video(container)
    return ([video] if video else []) + list(container.streams.audio[:1])


def find_video(container: InputContainer) -> VideoStream | None:
    """Return the first track of moving pictures: covers of sounds are tracks, too."""
    still = av.stream.Disposition.attached_pic
    return next((stream for stream in container.streams.video if not stream.disposition & still), None)


def count_duration(path: Path, format: str) -> float | None:
    """Return the seconds that all packets take together, None where they tell no time."""
    first: float | None = None
    end = 0.0
    with open_recording(path, format) as container:
        for packet in container.demux(*list_played(container)):
            if packet.pts is None or not packet.time_base:
                continue
            start = float(packet.pts * packet.time_base)
            first = start if first is None else min(first, start)
            end = max(end, start + float((packet.duration or 0) * packet.time_base))
    return None if first is None or end <= first else round(end - max(0.0, first), 3)


def _name_container(format: str, head: bytes) -> str:
    if format == "matroska":
        return "webm" if b"webm" in head[:64] else format
    return "quicktime" if format == "mov" and read_brand(head) in (b"qt  ", b"") else format


def _read_duration(container: InputContainer, format: str) -> float | None:
    if format in GUESSED_LENGTHS or not container.duration or container.duration < 0:
        return None
    return round(container.duration / MICROSECONDS, 3)


def _read_size(container: InputContainer, video: VideoStream) -> tuple[int | None, int | None]:
    """Return width and height as a player shows them: turned, and with square pixels."""
    if not video.width or not video.height:
        return None, None
    try:
        rotation = next(container.decode(video)).rotation
    except (av.error.FFmpegError, StopIteration, ValueError):
        rotation = 0
    width, height = _square_pixels(video)
    return (height, width) if rotation % 180 else (width, height)


def _square_pixels(video: VideoStream) -> tuple[int, int]:
    ratio = video.sample_aspect_ratio or Fraction(1)
    return (max(1, round(video.width * ratio)) if 0 < ratio < 100 else video.width), video.height


def _read_poster(container: InputContainer, video: VideoStream, duration: float | None) -> Image.Image | None:
    if video.width * video.height > MAX_PIXELS:
        raise Refusal("too_large", f"{video.width} x {video.height} pixels")
    video.thread_count = 2
    if duration and duration > 2 * POSTER_SECONDS:
        container.seek(int(POSTER_SECONDS * MICROSECONDS))
    frame = next(container.decode(video), None)
    if frame is None:
        container.seek(0)
        frame = next(container.decode(video), None)
    return _draw_frame(frame, _square_pixels(video)) if frame else None


def _draw_frame(frame: VideoFrame, shape: tuple[int, int]) -> Image.Image:
    size = fit_size(shape, SIDES["large"])
    picture: Image.Image = frame.reformat(width=size[0], height=size[1], format="rgb24").to_image()
    quarter_turns = frame.rotation // 90 % 4  # counter-clockwise
    return picture.transpose(TRANSPOSITIONS[{1: 8, 2: 3, 3: 6}[quarter_turns]]) if quarter_turns else picture


def _read_cover(container: InputContainer) -> Image.Image | None:
    for stream in container.streams.video:
        for packet in container.demux(stream):
            data = bytes(packet)
            format = detect_picture(data)
            if format in ("JPEG", "PNG"):
                image = Image.open(BytesIO(data), formats=[format])
                if image.width * image.height <= MAX_PIXELS:
                    image.draft("RGB", (SIDES["large"],) * 2)
                    return image.convert("RGB")
            break
    return None
