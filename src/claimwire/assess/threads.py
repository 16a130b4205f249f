"""Which matter a claim belongs to, and which step of it it tells; by slots, never by the likeness of titles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from claimwire.assess.assessment import Span
from claimwire.assess.known import Known, KnownStep
from claimwire.assess.setting import Setting, codes_of, hit_by
from claimwire.assess.spans import span_of
from claimwire.assess.stages import stage_of
from claimwire.catalog.registers import Matters
from claimwire.model import Category, Claim, Measure

_LONGEST = timedelta(days=100)  # "in 2018" dates no step
_RETOLD_DAYS = 60  # a request that is answered was made within that time
_ABOUT_GOODS = {Measure.EXPORT_BAN, Measure.IMPORT_BAN, Measure.EMBARGO, Measure.QUOTA, Measure.NONE}
_NEWS = ("refused", "held", "adopted", "ended", "eased", "asked", "drafted")  # of one sentence, the earlier is the news


@dataclass(frozen=True, slots=True)
class Matter:
    """What makes claims belong together: whom it hits and what it is about."""

    key: str
    title: str
    parent_key: str | None = None
    parent_title: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with its matter, the stage that it tells and the days it dates it to."""

    claim: Claim
    matter: Matter | None
    stage: str
    span: Span
    is_dated: bool
    is_background: bool


def matter_of(claim: Claim, setting: Setting, matters: Matters) -> Matter | None:
    """The matter of a claim; None where nobody is hit.

    Goods come before means: an embargo on oil, its cap and a request to stop deliveries are one matter.
    Disputes over trade are told apart by who acts, since the same target may be at odds with many.
    """
    hit = codes_of(hit_by(claim)) or list(setting.target)
    if not hit:
        return None
    actors = codes_of(claim.actor) if claim.category == Category.TRADE_RESTRICTION else []
    who = "+".join(hit[:3])
    side = f"{'+'.join(actors[:3])}>{who}" if actors else who
    topic = _topic(claim, setting, matters)
    if topic == matters.wider:
        return Matter(f"{side}/{topic}", f"{side}: {topic}")
    return Matter(f"{side}/{topic}", f"{side}: {topic}", f"{side}/{matters.wider}", f"{side}: {matters.wider}")


def tell(claim: Claim, setting: Setting, matters: Matters) -> Told:
    """The claim as part of a thread, seen from its own article."""
    happened = span_of(claim.event_date)
    is_dated = happened is not None and happened.last - happened.first <= _LONGEST
    span = happened if happened and is_dated else Span(setting.day, setting.day)
    is_old = (setting.day - span.last).days > matters.background_days or (happened is not None and not is_dated)
    return Told(claim, matter_of(claim, setting, matters), stage_of(claim), span, is_dated, is_old)


def main_of(told: Sequence[Told]) -> Told | None:
    """The claim that says what the article is about: the first that is news, the title before the text."""
    fresh = [one for one in told if one.matter and one.stage and not one.is_background] or [
        one for one in told if one.matter and one.stage
    ]
    return min(fresh, key=_newsworth, default=None)


def step_of(one: Told, main: Told | None, known: Known, matters: Matters) -> str | None:
    """The key of the step that a claim tells: one that is known, or a new one; None where it tells none."""
    if not one.matter or not one.stage or (one.is_background and not one.is_dated):
        return None
    if main and not one.is_dated and one.stage == "asked" and main.stage in {"refused", "held"}:
        asked = known.latest(one.matter.key, "asked", one.span.first, _RETOLD_DAYS)
        return asked.step_key if asked else None
    there = known.near(one.matter.key, one.stage, one.span, matters.step_days[one.stage])
    step_key = there.step_key if there else f"{one.matter.key}/{one.stage}/{one.span.first}"
    known.note(KnownStep(step_key, one.matter.key, one.stage, one.span.first, one.span.last))
    return step_key


def _topic(claim: Claim, setting: Setting, matters: Matters) -> str:
    is_about_goods = claim.measure in _ABOUT_GOODS or claim.category == Category.UN_REQUEST
    goods = claim.commodity or (setting.commodity if is_about_goods else ())
    for name, codes in matters.goods.items():
        if set(goods) & set(codes):
            return name
    return next((name for name, codes in matters.means.items() if claim.measure in codes), matters.wider)


def _newsworth(one: Told) -> tuple[bool, bool, int, int]:
    """Smallest first: news before mentions, the title before the text, earlier before later."""
    is_mention = one.stage not in _NEWS
    rank = _NEWS.index(one.stage) if not is_mention else len(_NEWS)
    return (is_mention, one.claim.field != "title", one.claim.start, rank)
