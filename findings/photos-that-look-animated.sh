#!/usr/bin/env bash
# Subject: Pillow 13.0.0 and pillow-heif 1.8.1 (PyPI): which pictures say that they are animated.
#
# Guess: `is_animated` is true of a GIF, APNG, WebP or AVIF whose frames follow one another in time, so that whatever has it
# may be saved with `save_all=True` to keep it moving, and everything else has one picture.
#
# Seen: it means "has more than one frame", whatever they are. True of a phone photo in MPO, whose second picture is a gain
# map or the other eye, of a HEIC with two pictures, and of a scan of three pages in TIFF. Two pictures of one size become
# a WebP that blinks between them for ever; a gain map, which is smaller, raises RuntimeError "Invalid frame dimensions".
# Equal pages of a scan, on the other hand, become one still picture.
#
# Consequence: a thumbnail that "keeps animations" flickers or fails for everyday photos, and only for those of some
# phones. Ask for the format first (GIF, PNG, WEBP, AVIF), then for the frames; of MPO and HEIF take the first one, of TIFF
# count pages.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0 pillow-heif==1.8.1

cat >"$folder/look.py" <<'PYTHON'
"""Make pictures of several frames that do not move, and print what they say of themselves."""

import os
import sys

import pillow_heif
from PIL import Image

os.chdir(sys.argv[1])
pillow_heif.register_heif_opener()
photo, other_eye, gain_map = Image.new("RGB", (400, 300), "red"), Image.new("RGB", (400, 300), "blue"), Image.new("L", (100, 75))
photo.save("eyes.mpo", save_all=True, append_images=[other_eye])
photo.save("gain.mpo", save_all=True, append_images=[gain_map])
pages = [Image.new("1", (200, 300), 1) for _ in range(3)]
pages[0].save("scan.tiff", save_all=True, append_images=pages[1:])
heif = pillow_heif.from_pillow(photo)
heif.add_from_pillow(other_eye)
heif.save("two.heic")

for name in ("eyes.mpo", "gain.mpo", "scan.tiff", "two.heic"):
    with Image.open(name) as image:
        assert image.is_animated, f"{name} is not animated any more"
        try:
            image.save("thumbnail.webp", save_all=True)
            with Image.open("thumbnail.webp") as kept:
                outcome = f"WebP of {kept.n_frames} frames, animated: {kept.is_animated}"
        except RuntimeError as error:
            outcome = f"RuntimeError: {error}"
        print(f"{name}: {image.format}, {image.n_frames} frames, animated: {image.is_animated}; saved: {outcome}")
        expected = {"eyes.mpo": "WebP of 2", "gain.mpo": "RuntimeError", "scan.tiff": "WebP of 1", "two.heic": "WebP of 2"}
        assert outcome.startswith(expected[name]), f"{name} is saved in another way"
PYTHON
"$folder/venv/bin/python" "$folder/look.py" "$folder"
