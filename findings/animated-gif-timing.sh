#!/usr/bin/env bash
# Subject: Pillow 13.0.0, an animated GIF saved again as WebP or AVIF with save_all=True.
#
# Guess: each frame keeps its time and the animation its number of repeats, as when a GIF is saved as GIF or PNG.
#
# Seen: a GIF of four frames with 100, 500, 1000 and 40 ms that plays once. As GIF and PNG the times are kept. As WebP
# all four frames get the time of the first one (100 ms), as AVIF one millisecond each. The WebP repeats for ever
# (loop 0), whether the GIF played once, twice or for ever. Nothing is raised and nothing is warned of. With
# duration=[...] given to save(), both formats hold the right times, and WebP takes loop= as well.
#
# Consequence: custom emoji, avatars and stickers that are made smaller and stored as WebP or AVIF play at another
# speed (a pause of a second becomes a flicker), and a picture made to play once never stops. Collect the time of
# every frame while resizing (`frame.info["duration"]`, after `frame.load()`) and the loop of the source (absent:
# once), and give both to save(). A test with frames of equal times passes for WebP and proves nothing.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0

"$folder/venv/bin/python" - <<'PYTHON'
import io

from PIL import Image, ImageSequence

TIMES = [100, 500, 1000, 40]


def encode(image: Image.Image, file_format: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, file_format, save_all=True, **options)
    return stream.getvalue()


def read_times(data: bytes) -> list[int]:
    times = []
    for frame in ImageSequence.Iterator(Image.open(io.BytesIO(data))):
        frame.load()
        times.append(round(frame.info["duration"]))
    return times


def read_loop(data: bytes) -> int | None:
    return Image.open(io.BytesIO(data)).info.get("loop")


frames = []
for step in range(4):
    frame = Image.new("RGB", (32, 32), (60 * step, 255 - 60 * step, 20 * step))
    frame.paste((0, 0, 0), (5 * step, 5 * step, 5 * step + 8, 5 * step + 8))
    frames.append(frame)
once = encode(frames[0], "GIF", append_images=frames[1:], duration=TIMES)
twice = encode(frames[0], "GIF", append_images=frames[1:], duration=TIMES, loop=2)

seen = {}
for file_format in ("GIF", "PNG", "WEBP", "AVIF"):
    copy = encode(Image.open(io.BytesIO(once)), file_format)
    told = encode(Image.open(io.BytesIO(once)), file_format, duration=TIMES)
    seen[file_format] = read_times(copy), read_times(told)
    print(f"{file_format:4}  left alone: {seen[file_format][0]}   with duration=: {seen[file_format][1]}")
loops = [read_loop(encode(Image.open(io.BytesIO(source)), "WEBP")) for source in (once, twice)]
loop_told = read_loop(encode(Image.open(io.BytesIO(once)), "WEBP", loop=1))
print(f"loop of the WebP: {loops[0]} from a GIF that plays once, {loops[1]} from loop 2, {loop_told} with loop=1 given")

assert read_loop(once) is None and read_loop(twice) == 2
assert seen["GIF"] == seen["PNG"] == (TIMES, TIMES)
assert seen["WEBP"] == ([100, 100, 100, 100], TIMES)
assert seen["AVIF"] == ([1, 1, 1, 1], TIMES)
assert loops == [0, 0] and loop_told == 1
PYTHON
