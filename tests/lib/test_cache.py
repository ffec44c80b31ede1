"""The cache holds what was used last, within its bounds, for all threads."""

from concurrent.futures import ThreadPoolExecutor

from lib.cache import LRUCache


def test_a_value_is_found_until_another_takes_its_place() -> None:
    cache: LRUCache[str, int] = LRUCache(2)

    cache.put("a", 1)
    cache.put("a", 2)

    assert (cache.get("a"), cache.get("b")) == (2, None)


def test_the_least_recently_used_value_goes_first() -> None:
    cache: LRUCache[str, int] = LRUCache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    cache.get("a")

    cache.put("c", 3)

    assert cache.get_many(["a", "b", "c"]) == [1, None, 3]


def test_looking_for_many_counts_as_use() -> None:
    cache: LRUCache[str, int] = LRUCache(2)
    cache.put("a", 1)
    cache.put("b", 2)
    cache.get_many(["a", "missing"])

    cache.put("c", 3)

    assert cache.get_many(["a", "b", "c"]) == [1, None, 3]


def test_storing_again_counts_as_use_and_takes_no_room_twice() -> None:
    cache: LRUCache[str, int] = LRUCache(2)
    for key, value in (("a", 1), ("b", 2), ("a", 3), ("c", 4)):
        cache.put(key, value)

    assert cache.get_many(["a", "b", "c"]) == [3, None, 4]


def test_sizes_are_summed_and_given_back() -> None:
    cache: LRUCache[str, str] = LRUCache(10, size_of=len)
    for key, value in (("a", "xxxx"), ("b", "xxxx"), ("a", "x"), ("c", "xxxxx")):
        cache.put(key, value)
    assert cache.get_many(["a", "b", "c"]) == ["x", "xxxx", "xxxxx"]

    cache.put("d", "xxxxx")

    assert cache.get_many(["a", "b", "c", "d"]) == [None, None, "xxxxx", "xxxxx"]


def test_a_value_beyond_the_capacity_is_not_kept() -> None:
    cache: LRUCache[str, str] = LRUCache(3, size_of=len)

    cache.put("a", "xxxx")
    cache.put("b", "xxx")

    assert cache.get_many(["a", "b"]) == [None, "xxx"]


def test_threads_share_it() -> None:
    cache: LRUCache[int, str] = LRUCache(50, size_of=len)

    def use(start: int) -> None:
        for number in range(5_000):
            cache.put((start * number) % 97, "x" * (number % 7 + 1))
            cache.get_many(range(97))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(use, range(1, 5)))

    assert sum(len(value) for value in cache.get_many(range(97)) if value is not None) <= 50
    cache.put(0, "x" * 50)
    assert [value for value in cache.get_many(range(97)) if value] == ["x" * 50]


def test_a_discarded_value_leaves_its_room() -> None:
    cache: LRUCache[str, str] = LRUCache(3, len)
    cache.put("a", "xx")
    cache.discard("a")
    cache.discard("missing")

    cache.put("b", "yyy")

    assert (cache.get("a"), cache.get("b")) == (None, "yyy")
