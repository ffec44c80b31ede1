"""Make keys for places in an order that users choose, so that a move writes one row.

A key is a text of the digits 0-9 and a-z, compared by its bytes. It begins with a number of `WIDTH` digits, which
leaves room for a million rows at either end; between two neighbours it becomes longer. It never ends with a zero, and a
random tail keeps two clients who choose the same place at once from making equal keys.
"""

from __future__ import annotations

from random import SystemRandom

from tasks.models.positions import MAX_POSITION

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
WIDTH = 6
STEP, LIMIT = BASE**2, BASE**WIDTH
# Longer keys are spread out anew: each move between the same two neighbours makes them longer.
LONG = MAX_POSITION // 2

_random = SystemRandom()


def position_between(before: str, after: str) -> str:
    """Return a key behind `before` and in front of `after`; an empty one stands for the start or the end.

    Raise ValueError where `before` is not smaller.
    """
    return positions_between(before, after, 1)[0]


def positions_between(before: str, after: str, count: int) -> list[str]:
    """Return so many keys in order, all behind `before` and in front of `after`. Raise ValueError as above."""
    if after and before >= after:
        raise ValueError("The places are not in order.")
    low, high = _read_number(before), _read_number(after) if after else LIMIT
    if not before and not after:
        low = LIMIT // 2 - STEP * count // 2
    elif not before:
        low = high - STEP * (count + 1)
    numbers = [low + STEP * n for n in range(1, count + 1)]
    if low >= 0 and numbers[-1] < high:
        return [_write_number(number) + _draw_tail() for number in numbers]
    return _divide_space(before, after, count)


def spread_positions(count: int) -> list[str]:
    """Return keys in order for so many rows, evenly spread."""
    return positions_between("", "", count) if count else []


def _divide_space(before: str, after: str, count: int) -> list[str]:
    """Return keys between two, the middle one first: so none is much longer than the others."""
    if count == 0:
        return []
    middle = _find_middle(before, after) + _draw_tail()
    below = _divide_space(before, middle, count // 2)
    return [*below, middle, *_divide_space(middle, after, count - 1 - len(below))]


def _find_middle(before: str, after: str) -> str:
    """Return a key strictly between two, such that all keys that begin with it are between them too."""
    digits: list[str] = []
    is_bounded = bool(after)
    for place in range(MAX_POSITION + 2):
        low = DIGITS.index(before[place]) if place < len(before) else 0
        high = DIGITS.index(after[place]) if is_bounded and place < len(after) else BASE
        if high - low > 1:
            return "".join(digits) + DIGITS[(low + high) // 2]
        digits.append(DIGITS[low])
        is_bounded = is_bounded and high == low
    raise ValueError("There is no place between them.")


def _draw_tail() -> str:
    return _random.choice(DIGITS) + _random.choice(DIGITS[1:])


def _read_number(key: str) -> int:
    return int(key[:WIDTH].ljust(WIDTH, "0"), BASE)


def _write_number(number: int) -> str:
    digits = []
    for _ in range(WIDTH):
        number, digit = divmod(number, BASE)
        digits.append(DIGITS[digit])
    return "".join(reversed(digits))
