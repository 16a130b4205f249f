"""What an article is about as a whole: what a claim that leaves a slot empty means."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from claimwire.model import Act, Article, Claim

_CODE = re.compile(r"[A-Z][A-Z0-9_]+\Z")
_NUMBER = re.compile(r"(?<!\d)\d{3,4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Setting:
    """The article's day, its commonest target and goods, and the numbers of instruments that it may name."""

    day: date
    language: str
    target: tuple[str, ...]
    commodity: tuple[str, ...]
    numbers: frozenset[str]


def setting_of(article: Article, claims: Sequence[Claim], today: date) -> Setting:
    """What the claims of an article share; `today` dates an article that nobody dated."""
    return Setting(
        day=article.published_at.date() if article.published_at else today,
        language=article.language,
        target=_commonest(target for claim in claims for target in codes_of(hit_by(claim))),
        commodity=_commonest(good for claim in claims for good in claim.commodity),
        numbers=numbers_in(f"{article.title} {article.text}") if claims else frozenset(),
    )


def hit_by(claim: Claim) -> tuple[str, ...]:
    """Whom the measure hits; who breaks one and is not said to be its target is hit by it all the same."""
    is_breach = claim.act in {Act.VIOLATE, Act.EVADE, Act.COMPLY}
    return claim.target or (claim.actor if is_breach else ())


def codes_of(parties: Iterable[str]) -> list[str]:
    """The codes among codes and names, sorted."""
    return sorted({party for party in parties if _CODE.match(party)})


def numbers_in(text: str) -> frozenset[str]:
    """Numbers of three or four digits, as resolutions have."""
    return frozenset(_NUMBER.findall(text))


def _commonest(values: Iterable[str]) -> tuple[str, ...]:
    counted = Counter(values).most_common(1)
    return (counted[0][0],) if counted else ()
