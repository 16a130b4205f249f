from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from claimwire.fetch.round import Due, group_by_host
from claimwire.fetch.state import FeedState

from .site import make_feed


def due(number: int, host: int) -> Due:
    place = {"url": f"https://h{host}.example/{number}"} if host else {"folder": f"wire-{number}"}
    return Due(make_feed(key=f"w{number}", **place), FeedState())


@given(st.lists(st.integers(0, 12), max_size=60), st.integers(0, 9))
def test_groups_hold_every_feed_once_and_never_split_a_host(hosts: list[int], groups: int) -> None:
    dues = [due(number, host) for number, host in enumerate(hosts)]
    grouped = group_by_host(dues, groups)
    assert len(grouped) <= max(1, groups)
    assert Counter(one.feed.key for group in grouped for one in group) == Counter(one.feed.key for one in dues)
    places = [{one.feed.host for one in group if one.feed.host} for group in grouped]
    assert sum(map(len, places)) == len(set().union(*places))


def test_groups_are_of_about_one_size() -> None:
    grouped = group_by_host([due(number, number + 1) for number in range(20)], 8)
    assert sorted(map(len, grouped)) == [2, 2, 2, 2, 3, 3, 3, 3]
