"""Which matter a claim belongs to, and which step of it it tells; by slots, never by the likeness of titles."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from claimwire.assess.assessment import Span
from claimwire.assess.caps import identify_quota
from claimwire.assess.known import Known, KnownStep
from claimwire.assess.lexical import goods_in, lead_of, parties_and_acts
from claimwire.assess.setting import Setting, codes_of, hit_by
from claimwire.assess.spans import span_of
from claimwire.assess.stages import stage_of
from claimwire.catalog.registers import Matters, Quota, Registers
from claimwire.model import Act, Article, Category, Claim, Measure

_LONGEST = timedelta(days=100)  # "in 2018" dates no step
_RETOLD_DAYS = 60  # a request that is answered was made within that time
_BREACHES = {Act.VIOLATE, Act.EVADE}
_ABOUT_GOODS = {Measure.EXPORT_BAN, Measure.IMPORT_BAN, Measure.EMBARGO, Measure.QUOTA, Measure.NONE}
_ALIKE = {
    "broken": ("asked", "broken"),
    "applied": ("asked", "applied"),
    "refused": ("refused", "held"),
    "held": ("held", "refused"),
    "drafted": ("adopted", "drafted"),
    "adopted": ("adopted", "drafted"),
}
"""Stages of which a main claim may tell one as another, the likeliest first: an accusation goes with its request."""

_LEAD = 40  # where the first sentence begins, after a dateline
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
    quota: Quota | None
    matter: Matter | None
    stage: str
    span: Span
    is_dated: bool
    is_background: bool
    is_answer: bool = False  # to an open request, see `answer_of`
    speakers: tuple[str, ...] = ()  # of a main claim: the states that its article opens with, but for the target


def matter_of(claim: Claim, quota: Quota | None, setting: Setting, matters: Matters) -> Matter | None:
    """The matter of a claim; None where nobody is hit.

    Goods come before means: an embargo on oil, its cap and a request to stop deliveries are one matter.
    Disputes over trade are told apart by who acts, since the same target may be at odds with many.
    """
    hit = codes_of(hit_by(claim)) or list(setting.target)
    if not hit:
        return None
    is_dispute = claim.category == Category.TRADE_RESTRICTION and claim.measure not in _ABOUT_GOODS
    actors = codes_of(claim.actor) if is_dispute else []
    who = "+".join(hit[:3])
    side = f"{'+'.join(actors[:3])}>{who}" if actors else who
    topic = _topic(claim, quota, setting, matters)
    if topic == matters.wider:
        return Matter(f"{side}/{topic}", f"{side}: {topic}")
    return Matter(f"{side}/{topic}", f"{side}: {topic}", f"{side}/{matters.wider}", f"{side}: {matters.wider}")


def tell(claim: Claim, setting: Setting, registers: Registers) -> Told:
    """The claim as part of a thread, seen from its own article.

    A breach is dated to the day on which it is told: the step is the allegation, and its date is often the cap's.
    """
    matters, stage = registers.matters, stage_of(claim)
    if stage == "broken" and claim.actor and set(claim.actor) <= set(matters.bodies):
        stage = ""  # a body does not break what it has set
    quota = identify_quota(claim, setting, registers.quotas)
    happened = None if stage in {"broken", "denied"} else span_of(claim.event_date)
    is_dated = happened is not None and happened.last - happened.first <= _LONGEST
    span = happened if happened and is_dated else Span(setting.day, setting.day)
    is_old = (setting.day - span.last).days > matters.background_days or (happened is not None and not is_dated)
    return Told(claim, quota, matter_of(claim, quota, setting, matters), stage, span, is_dated, is_old)


def main_of(told: Sequence[Told]) -> Told | None:
    """The claim that says what the article is about: the first that is news, the title before the text."""
    fresh = [one for one in told if one.matter and one.stage and not one.is_background] or [
        one for one in told if one.matter and one.stage
    ]
    return min(fresh, key=_newsworth, default=None)


def answer_of(main: Told, article: Article, setting: Setting, known: Known, matters: Matters) -> Told:
    """The main claim as the answer to an open request, where it is one; else as it was.

    A request was made some days ago; now an article opens with a third state, and speaks of asking or refusing: « the
    two want longer to think about it ». Detection reads the stop that is asked for, and not that it is delayed.
    """
    parties, acts = parties_and_acts(lead_of(article), article.language)
    main = replace(main, speakers=tuple(sorted(parties - set(setting.target) - set(matters.bodies))))
    if main.stage == "ended" or main.matter is None:
        return main
    told_within = matters.step_days["asked"]
    days = matters.answer_days - told_within
    family = known.family(main.matter.key, main.matter.parent_key)
    earlier = (known.latest(key, "asked", setting.day - timedelta(told_within), days) for key in family)
    asked = next((step for step in earlier if step and step.actors), None)  # one that an article was about
    is_about_it = main.stage in {"asked", "broken"} or acts & {"request", "oppose"}
    if asked is None or not set(main.speakers) - asked.actors or not is_about_it:
        return main
    day = Span(setting.day, setting.day)
    stage = "refused" if main.stage == "refused" else "held"
    told = replace(main, matter=_moved(main.matter, asked.thread_key), stage=stage, span=day, is_answer=True)
    return replace(told, is_dated=True, is_background=False)


def _moved(matter: Matter, thread_key: str) -> Matter:
    """The matter in another thread of its family: the same, the wider one, or one that it holds."""
    if thread_key == matter.key:
        return matter
    if thread_key == matter.parent_key:
        return Matter(thread_key, matter.parent_title)
    return Matter(thread_key, matter.title, matter.key, matter.title)


def step_of(one: Told, main: Told | None, known: Known, matters: Matters) -> KnownStep | None:
    """The step that a claim tells: one that is known, or a new one; None where it tells none."""
    if not one.matter or not one.stage or (one.is_background and not one.is_dated):
        return None
    if main and not one.is_dated and one.stage == "asked" and main.stage in {"refused", "held"}:
        return known.latest(one.matter.key, "asked", one.span.first, _RETOLD_DAYS)
    actors = frozenset(codes_of(one.claim.actor) or one.speakers) if one is main else frozenset()
    days = matters.step_days[one.stage]
    there = (
        _told_alike(one, actors, known, days) if one is main else known.near(one.matter.key, one.stage, one.span, days)
    )
    step = KnownStep(
        step_key=there.step_key if there else f"{one.matter.key}/{one.stage}/{one.span.first}",
        thread_key=there.thread_key if there else one.matter.key,
        stage=there.stage if there else one.stage,
        first_on=one.span.first,
        last_on=one.span.last,
        actors=actors,
        origins=there.origins if there else 1,
    )
    known.note(step)
    if one.matter.parent_key and step.thread_key not in known.narrower[one.matter.parent_key]:
        known.narrower[one.matter.parent_key].append(step.thread_key)
    return step


def _told_alike(one: Told, actors: frozenset[str], known: Known, days: int) -> KnownStep | None:
    """The step that articles tell in other words: an accusation for the request it goes with, a draft for its adoption.

    In a wider or narrower thread only where the same party acts: "harsher measures" may be the stop of deliveries.
    """
    if one.matter is None:
        return None
    for stage in _ALIKE.get(one.stage, (one.stage,)):
        for key in known.family(one.matter.key, one.matter.parent_key):
            there = known.near(key, stage, one.span, days)
            if there and (key == one.matter.key or one.is_answer or there.actors & actors):
                return there
    return None


def _topic(claim: Claim, quota: Quota | None, setting: Setting, matters: Matters) -> str:
    is_about_goods = claim.measure in _ABOUT_GOODS or claim.category == Category.UN_REQUEST
    goods: Collection[str] = claim.commodity or (quota.commodity if quota else ())
    if not goods and (is_about_goods or claim.act in _BREACHES):
        goods = goods_in(claim.evidence, setting.language) or setting.commodity
    for name, codes in matters.goods.items():
        if set(goods) & set(codes):
            return name
    return next((name for name, codes in matters.means.items() if claim.measure in codes), matters.wider)


def _newsworth(one: Told) -> tuple[int, bool, int, float, int]:
    """Smallest first: title, lead, rest; in each news before mentions, earlier before later, surer before less so."""
    is_mention = one.stage not in _NEWS
    rank = _NEWS.index(one.stage) if not is_mention else len(_NEWS)
    place = 0 if one.claim.field == "title" else 1 if one.claim.start < _LEAD else 2
    return (place, is_mention, one.claim.start, -one.claim.score, rank)
