"""Assessment of one article's claims: caps, contradictions, threads, priority. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claimwire.assess.assessment import Assessment
from claimwire.assess.caps import figure_of, in_barrels, share_of, states_limit
from claimwire.assess.checks import find_contradictions
from claimwire.assess.known import Known, KnownStep
from claimwire.assess.matched import Matched, Scene
from claimwire.assess.priority import Weighed, prioritise
from claimwire.assess.setting import setting_of
from claimwire.assess.spans import span_of
from claimwire.assess.threads import Matter, Told, answer_of, main_of, step_of, tell
from claimwire.catalog.registers import Quota, Registers
from claimwire.model import Act, Amount, Article, Claim
from claimwire.text.numbers import find_quantities


def assess_article(
    article: Article, claims: Sequence[Claim], registers: Registers, known: Known, today: date
) -> list[Assessment]:
    """One assessment a claim, in order; `known` learns the steps that are new.

    Args:
        article: as detection read it.
        claims: all that it found, in its order.
        registers: what is on record.
        known: steps of the threads of these claims around the article's day.
        today: dates an article that nobody dated.
    """
    setting = setting_of(article, claims, today)
    scene = Scene(article, setting, claims, registers)
    told, main = _tell_all(scene, known)
    order = sorted(range(len(told)), key=lambda index: (told[index] is not main, index))
    steps = {index: _step(told[index], main, known, registers) for index in order}  # the main claim's step comes first
    quotas = _quotas(told, main, scene)
    return [
        _assess(_match(one.claim, scene, quotas[index]), one, one is main, steps[index], known)
        for index, one in enumerate(told)
    ]


def _tell_all(scene: Scene, known: Known) -> tuple[list[Told], Told | None]:
    """Each claim as part of a thread, and the main one among them."""
    matters = scene.registers.matters
    told = [tell(claim, scene.setting, scene.registers) for claim in scene.claims]
    main = main_of(told)
    if main is None:
        return told, None
    answer = answer_of(main, scene.article, scene.setting, known, matters)
    return [answer if one is main else one for one in told], answer


def _barrels(matched: Matched) -> Amount | None:
    """The claim's amount in barrels: of the cap's goods, or of its own."""
    goods = (*(matched.quota.commodity if matched.quota else ()), *matched.claim.commodity)
    amounts = (matched.figure,) if matched.figure else matched.claim.quantities
    found = (in_barrels(amount, goods, matched.scene.registers.conversions) for amount in amounts)
    return next((barrels for barrels in found if barrels), None)


@dataclass(frozen=True, slots=True)
class _Placed:
    """The step that a claim tells, if any, and whether it is the first of its kind for a while."""

    step: KnownStep | None = None
    is_new: bool = False


def _step(one: Told, main: Told | None, known: Known, registers: Registers) -> _Placed:
    if not one.matter:
        return _Placed()
    earlier = known.latest(one.matter.key, one.stage, one.span.first, registers.matters.novelty_days)
    step = step_of(one, main, known, registers.matters)
    return _Placed(step, step is not None and (earlier is None or earlier.step_key == step.step_key))


def _parent(matter: Matter | None, step: KnownStep | None) -> tuple[str | None, str]:
    """Key and title of the wider thread of the one that the step is in, or else of the matter."""
    thread_key = step.thread_key if step else matter and matter.key
    if matter is None or thread_key == matter.parent_key:
        return None, ""  # told in the wider thread itself
    return (matter.parent_key, matter.parent_title) if thread_key == matter.key else (matter.key, matter.title)


def _quotas(told: Sequence[Told], main: Told | None, scene: Scene) -> list[Quota | None]:
    """The cap of each claim. Where no claim names one but the article states its limit, it is that of its breach."""
    quotas = [one.quota for one in told]
    at_issue = None if any(quotas) else _cap_at_issue(scene)
    if at_issue is None:
        return quotas
    breaches = [one for one in told if one.claim.act in {Act.VIOLATE, Act.EVADE}]
    concerned = breaches or [main or told[0]]
    return [at_issue if any(one is other for other in concerned) else None for one in told]


def _cap_at_issue(scene: Scene) -> Quota | None:
    """The cap whose limit the article states for its commonest target; reads the text only where there is one."""
    setting, article = scene.setting, scene.article
    caps = [
        quota
        for quota in scene.registers.quotas
        if quota.kind == "cap" and set(setting.target) & set(quota.target) and quota.is_valid(setting.day, setting.day)
    ]
    if not caps:
        return None
    amounts = find_quantities(f"{article.title}\n{article.text}", article.language, scene.registers.units)
    stated = [cap for cap in caps if any(states_limit(amount, cap) for amount in amounts)]
    return min(stated, key=lambda cap: (not cap.loosely, cap.id), default=None)


def _match(claim: Claim, scene: Scene, quota: Quota | None) -> Matched:
    figure = figure_of(claim, scene.registers.quotas)
    return Matched(claim, scene, quota, figure, share_of(figure, quota, scene.registers.conversions))


def _assess(matched: Matched, told: Told, is_main: bool, placed: _Placed, known: Known) -> Assessment:
    step, share, matter = placed.step, matched.share, told.matter
    parent_key, parent_title = _parent(matter, step)
    findings = find_contradictions(matched)
    voice = known.voices.get(matched.scene.article.feed_key, "")
    weighed = Weighed(
        told, matched.quota, share, bool(findings), is_main, placed.is_new, step.origins if step else 1, voice
    )
    priority, reasons = prioritise(weighed, matched.scene.registers.matters)
    return Assessment(
        period=span_of(matched.claim.period),
        happened=span_of(matched.claim.event_date),
        figure=matched.figure,
        barrels=_barrels(matched),
        quota_id=matched.quota.id if matched.quota else None,
        share=share.value if share else None,
        share_low=share.low if share else None,
        share_high=share.high if share else None,
        findings=findings,
        thread_key=step.thread_key if step else matter.key if matter else None,
        thread_title=matter.title if matter else "",
        parent_key=parent_key,
        parent_title=parent_title,
        step_key=step.step_key if step else None,
        stage=step.stage if step else told.stage,
        actors=tuple(sorted(step.actors)) if step else (),
        is_main=is_main,
        priority=priority,
        reasons=reasons,
    )
