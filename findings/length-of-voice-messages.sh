#!/usr/bin/env bash
# Subject: the length of voice messages. Browsers record them in pieces (MediaRecorder with a time slice), which makes a
# fragmented MP4 or a WebM of the live kind. mutagen 1.48.1, tinytag 2.3.2 and PyAV 18.1.0 (PyPI), the usual readers of
# such metadata, are given 3 s of sound in both forms beside the ordinary ones.
#
# Guess: the small readers tell the right length of an MP4, or fail; a WebM they refuse.
#
# Seen: for a fragmented MP4 neither fails: mutagen and tinytag answer 0.0 s beside a bit rate that looks sound, since the
# length stands in the fragments, which they do not read. (What Chromium 156 records itself, audio/mp4 with Opus, is worse:
# mutagen says 0.06 s for 3 s, the length of a first fragment.) Of a file without tags mutagen's answer is also falsy,
# so that `if mutagen.File(path)` takes it for unreadable. A live WebM has no length in its head: PyAV answers None,
# mutagen None for the file, tinytag refuses it. Only counting packets, as PyAV can, gives 3 s for all four.
#
# Consequence: a player shows "0:00", and a limit such as "at most five minutes" lets everything through. Take the length
# from the packets (last time stamp and duration), treat 0 and None as unknown, and test with fragmented and live files.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mutagen==1.48.1 tinytag==2.3.2 av==18.1.0 numpy

cd "$folder"
venv/bin/python - <<'PYTHON'
import av
import mutagen
import numpy
from tinytag import TinyTag, UnsupportedFormatError

RATE, SECONDS = 48_000, 3
# As browsers do: in pieces of half a second, without tags.
FRAGMENTED = {"movflags": "frag_keyframe+empty_moov", "frag_duration": "500000", "fflags": "+bitexact"}


def record(path: str, container: str, codec: str, sample_format: str, step: int, options: dict[str, str]) -> None:
    tone = 0.3 * numpy.sin(2 * numpy.pi * 440 * numpy.arange(RATE * SECONDS) / RATE)
    with av.open(path, "w", format=container, options=options) as output:
        stream = output.add_stream(codec, rate=RATE)
        stream.layout = "mono"
        for start in range(0, len(tone), step):
            samples = tone[start : start + step].astype("float32").reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(samples, format=sample_format, layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))


def ask_mutagen(path: str) -> float | None:
    found = mutagen.File(path)
    return None if found is None else round(found.info.length, 2)


def ask_tinytag(path: str) -> float | str:
    try:
        return round(TinyTag.get(path).duration or 0.0, 2)
    except UnsupportedFormatError:
        return "refused"


def ask_container(path: str) -> float | None:
    with av.open(path) as file:
        return None if file.duration is None else round(file.duration / 1e6, 2)


def count_packets(path: str) -> float:
    with av.open(path) as file:
        packets = [packet for packet in file.demux(audio=0) if packet.pts is not None]
        end = max(packet.pts + packet.duration for packet in packets)
        return round(float(end * packets[0].time_base), 2)


record("plain.m4a", "mp4", "aac", "fltp", 1024, {})
record("fragmented.m4a", "mp4", "aac", "fltp", 1024, FRAGMENTED)
record("plain.webm", "webm", "libopus", "flt", 960, {})
record("live.webm", "webm", "libopus", "flt", 960, {"live": "1"})

seen = {}
for path in ("plain.m4a", "fragmented.m4a", "plain.webm", "live.webm"):
    seen[path] = ask_mutagen(path), ask_tinytag(path), ask_container(path), count_packets(path)
    print(f"{path:15} mutagen {seen[path][0]}, tinytag {seen[path][1]}, PyAV {seen[path][2]}, packets {seen[path][3]}")

assert seen["plain.m4a"][:2] == (3.02, 3.0), seen
assert seen["fragmented.m4a"][:2] == (0.0, 0.0), seen
assert mutagen.File("fragmented.m4a") is not None and not mutagen.File("fragmented.m4a")
assert seen["live.webm"][:3] == (None, "refused", None), seen
assert all(2.9 < lengths[3] < 3.1 for lengths in seen.values()), seen
print("as stated")
PYTHON
