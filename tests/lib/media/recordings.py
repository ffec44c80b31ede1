"""Videos and sounds, written by PyAV."""

from __future__ import annotations

import math
from array import array
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from PIL import Image

RATE = 48_000
# As browsers record: in pieces, without a length in the head.
FRAGMENTED = {"movflags": "frag_keyframe+empty_moov", "frag_duration": "200000"}


def write_video(
    path: Path,
    *,
    size: tuple[int, int] = (64, 32),
    codec: str = "mpeg4",
    seconds: float = 1,
    rotation: int = 0,
    pixel_shape: Fraction | None = None,
    sound: str | None = None,
    **container: Any,
) -> Path:
    """Red on the left, blue on the right; before it is turned."""
    picture = Image.new("RGB", size, (220, 20, 20))
    picture.paste((20, 20, 220), (size[0] // 2, 0, *size))
    with av.open(str(path), "w", **container) as output:
        stream = output.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        if pixel_shape:
            stream.codec_context.sample_aspect_ratio = pixel_shape
        if rotation:
            stream.set_display_rotation(rotation)
        audio = _add_sound(output, sound) if sound else None
        for _ in range(int(10 * seconds)):
            output.mux(stream.encode(av.VideoFrame.from_image(picture)))
        output.mux(stream.encode())
        if audio:
            _encode_tone(output, audio, seconds)
    return path


def write_sound(path: Path, *, codec: str, seconds: float = 3, quiet_until: float = 0, **container: Any) -> Path:
    """A tone, quiet at first."""
    with av.open(str(path), "w", **container) as output:
        _encode_tone(output, _add_sound(output, codec), seconds, quiet_until)
    return path


def _add_sound(output: Any, codec: str) -> Any:
    stream = output.add_stream(codec, rate=RATE)
    stream.layout = "mono"
    return stream


def _encode_tone(output: Any, stream: Any, seconds: float, quiet_until: float = 0) -> None:
    total, step = int(RATE * seconds), 960
    resampler = av.AudioResampler(format=stream.format, layout="mono", rate=RATE, frame_size=stream.frame_size or 960)
    for start in range(0, total, step):
        strength = 800 if start < quiet_until * RATE else 16_000
        samples = array("h", (int(strength * math.sin(0.0576 * n)) for n in range(start, start + step)))
        frame = av.AudioFrame("s16", "mono", step)
        frame.planes[0].update(samples.tobytes())
        frame.rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        for piece in resampler.resample(frame):
            output.mux(stream.encode(piece))
    for piece in resampler.resample(None):
        output.mux(stream.encode(piece))
    output.mux(stream.encode())
