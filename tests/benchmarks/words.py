"""What people say in a benchmark: some eighty characters, half of them with a little Markdown."""

from collections.abc import Sequence

PLAIN = (
    "Morning all, the tide table for next week is up and the north berth stays closed.",
    "I moved the survey to Thursday so that Ines can join us from the boat, if it is dry.",
    "Could somebody look at the second invoice again? The totals differ by a few cents.",
    "Thanks, that was quick. The crane is booked from nine and the crew knows about it.",
)
MARKED = (
    "The **second** draft is ready; see `notes/harbour.md`, mostly the part on moorings.",
    "Deploy went fine, but *please* keep an eye on `queue_depth` until the evening tide.",
    "Read [the report](https://example.com/r/2026-11) first, then we talk it **through**.",
    "- berth 4 is free again\n- berth 6 waits for paint\n- the pump still needs a **new** seal",
)
TEXTS = tuple(text for pair in zip(PLAIN, MARKED, strict=True) for text in pair)


def sentence(number: int, texts: Sequence[str] = TEXTS) -> str:
    """The text with this number; each one differs."""
    return f"{texts[number % len(texts)]} {number}"
