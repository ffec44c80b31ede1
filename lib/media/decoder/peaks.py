"""Measure how loud a sound is, for the waveform of its player."""

from __future__ import annotations

from array import array
from pathlib import Path

import av

from lib.media.decoder.recordings import open_recording

COUNT = 64
# Enough for what is seen; speech has most of its strength below.
SAMPLE_RATE = 8000
# A waveform of an hour says nothing, and takes ten seconds.
MAX_SECONDS = 1800
FULL_SCALE = 32768
PIECE = 80  # samples, a hundredth of a second


def measure_peaks(path: Path, format: str) -> list[int]:
    """Return the loudest moment of each of 64 equal parts, as hundredths of the loudest of all; none of long sounds."""
    peaks: list[int] = []
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    with open_recording(path, format) as container:
        if not container.streams.audio:
            return []
        for frame in container.decode(container.streams.audio[0]):
            for piece in resampler.resample(frame):
                samples = array("h", bytes(piece.planes[0])[: 2 * piece.samples])
                peaks += [
                    max(max(samples[at : at + PIECE]), -min(samples[at : at + PIECE]))
                    for at in range(0, len(samples), PIECE)
                ]
            if len(peaks) * PIECE > MAX_SECONDS * SAMPLE_RATE:
                return []
    return _fold_peaks(peaks)


def _fold_peaks(peaks: list[int]) -> list[int]:
    count = min(COUNT, len(peaks))
    loudest = max(peaks, default=0) or FULL_SCALE
    edges = [len(peaks) * number // count for number in range(count + 1)] if count else []
    return [round(100 * max(peaks[start:end]) / loudest) for start, end in zip(edges, edges[1:], strict=False)]
