"""Cache values in the memory of the process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def _count_one(value: object) -> int:
    return 1


class LRUCache(Generic[K, V]):
    """Cache that drops the least recently used values; safe for threads.

    `capacity` bounds the number of values, or with `size_of` the sum of their sizes. No value may be None.
    """

    def __init__(self, capacity: int, size_of: Callable[[V], int] = _count_one) -> None:
        self._capacity = capacity
        self._size_of = size_of
        self._values: OrderedDict[K, V] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        """Return the value of a key, or None."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def get_many(self, keys: Sequence[K]) -> list[V | None]:
        """Return the values of keys in their order, each or None, under one lock."""
        with self._lock:
            values = list(map(self._values.get, keys))
            move_to_end = self._values.move_to_end
            for key, value in zip(keys, values, strict=True):
                if value is not None:
                    move_to_end(key)
        return values

    def discard(self, key: K) -> None:
        """Drop a value where there is one."""
        with self._lock:
            value = self._values.pop(key, None)
            if value is not None:
                self._size -= self._size_of(value)

    def put(self, key: K, value: V) -> None:
        """Store a value in place of an earlier one. A value larger than the whole cache is not kept."""
        with self._lock:
            replaced = self._values.pop(key, None)
            if replaced is not None:
                self._size -= self._size_of(replaced)
            self._values[key] = value
            self._size += self._size_of(value)
            while self._size > self._capacity:
                _, dropped = self._values.popitem(last=False)
                self._size -= self._size_of(dropped)
