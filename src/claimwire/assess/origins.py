"""Whose word a copy is: the agency that is credited, a state by its media, or else the publisher's house."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from claimwire.model import Article
from claimwire.text.fold import fold


def origin_of(article: Article, agencies: Sequence[str], voices: Mapping[str, str]) -> str:
    """A stable name: two carriers with the same one are one origin.

    An agency at home passes on one abroad, "(ats/afp)": of several that are credited the last is the source.

    Args:
        article: with its credit line.
        agencies: names that credit lines have.
        voices: feeds that speak for more than their publisher, a state or a house of publishers, and its name.
    """
    credited = _pattern(tuple(agencies)).findall(fold(article.credit)) if article.credit else []
    if credited:
        return str(credited[-1])
    return voices.get(article.feed_key) or article.publisher or article.feed_key


@cache
def _pattern(agencies: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names as whole words, the longest first."""
    names = sorted({re.escape(fold(name)) for name in agencies}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")
