"""Make a sound that is as loud and as quiet as a person who talks."""

from __future__ import annotations

import random
import wave
from array import array
from math import pi, sin
from pathlib import Path

RATE = 8000
PITCH = 132
# Seconds of words and of the silence after each.
WORD, PAUSE = (0.16, 0.55), (0.05, 0.4)


def write_voice(path: Path, *, seconds: int) -> None:
    """Write a WAV file, the same each time."""
    rng, samples = random.Random("voice"), array("h")
    while len(samples) < seconds * RATE:
        length, silence = round(rng.uniform(*WORD) * RATE), round(rng.uniform(*PAUSE) * RATE)
        loudness, pitch = rng.uniform(0.3, 1) * 9000, PITCH * rng.uniform(0.85, 1.2)
        for at in range(length):
            angle = 2 * pi * pitch * at / RATE
            tone = sin(angle) + 0.5 * sin(2 * angle) + 0.3 * sin(5 * angle)
            samples.append(round(tone * loudness * sin(pi * at / length)))
        samples.extend([0] * silence)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(samples.itemsize)
        file.setframerate(RATE)
        file.writeframes(samples[: seconds * RATE].tobytes())
