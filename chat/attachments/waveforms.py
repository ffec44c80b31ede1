"""Draw how loud a sound is, as `static/js/voice/waveform.js` does while it is recorded."""

from __future__ import annotations

from collections.abc import Sequence

# Of the field in which a bar is drawn, the bars standing one unit apart.
MIDDLE, MAX_REACH = 50, 44
# Where nothing was measured: a sound that is new, or long.
SILENCE = (0,) * 64


def draw_waveform(peaks: Sequence[int]) -> tuple[str, str]:
    """Return two paths of an SVG with a bar for each peak, which is 0 to 100; a line of dots without peaks.

    Every second bar is in the other path, which small screens leave out.
    """
    reaches = [peak * MAX_REACH // 100 for peak in peaks or SILENCE]
    bars = [f"M{x} {MIDDLE - reach}v{2 * reach}" for x, reach in enumerate(reaches)]
    return "".join(bars[::2]), "".join(bars[1::2])


def measure_width(peaks: Sequence[int]) -> int:
    """Return how many units the bars of a waveform take, with one to the left and one to the right."""
    return len(peaks or SILENCE) + 1


def format_clock(seconds: float) -> str:
    """Return a length as players show it: 0:07, 1:02:03."""
    minutes, rest = divmod(int(seconds + 0.5), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
