"""How loud a sound is, as a drawing, and how long it plays."""

import pytest

from chat.attachments.waveforms import draw_waveform, format_clock, measure_width


def test_each_peak_is_a_bar_around_the_middle() -> None:
    assert draw_waveform([0, 50, 100]) == ("M0 50v0M2 6v88", "M1 28v44")
    assert measure_width([0, 50, 100]) == 4


def test_what_was_not_measured_is_a_line_of_dots() -> None:
    even, odd = draw_waveform([])

    assert even.count("M") == odd.count("M") == 32 and even.startswith("M0 50v0M2 50v0")
    assert measure_width([]) == 65


@pytest.mark.parametrize(("seconds", "clock"), [(0.4, "0:00"), (7.5, "0:08"), (59.9, "1:00"), (3723, "1:02:03")])
def test_a_clock_is_read_at_a_glance(seconds: float, clock: str) -> None:
    assert format_clock(seconds) == clock
