"""Caches that are bounded, and that a flood cannot empty."""

from softlanding_schema.caches import BoundedCache


def test_what_was_asked_for_again_outlives_a_flood() -> None:
    cache: BoundedCache[int] = BoundedCache(3)
    cache.put("known", 1)
    assert cache.get("known") == 1
    for number in range(100):
        cache.put(number, number)
    assert cache.get("known") == 1
    assert [number for number in range(100) if cache.get(number) is not None] == [97, 98, 99]


def test_the_least_recently_used_goes_first() -> None:
    cache: BoundedCache[int] = BoundedCache(2)
    for key in "abc":
        cache.put(key, 1)
        assert cache.get(key) == 1
    assert [key for key in "abc" if cache.get(key)] == ["b", "c"]


def test_a_value_takes_the_place_of_an_earlier_one() -> None:
    cache: BoundedCache[int] = BoundedCache(2)
    for value in (1, 2):
        cache.put("key", value)
        assert cache.get("key") == value
    assert len(cache) == 1


def test_keys_may_weigh_more_than_one() -> None:
    cache: BoundedCache[int] = BoundedCache(10, weigh=len)
    for key in ("a" * 4, "b" * 4, "c" * 4):
        cache.put(key, 1)
    assert [key[0] for key in ("a" * 4, "b" * 4, "c" * 4) if cache.get(key)] == ["b", "c"]
    cache.put("d" * 100, 1)
    assert cache.get("d" * 100) == 1, "one is kept, however much it weighs"
