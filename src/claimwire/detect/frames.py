"""Frames: rules that make claims of the mentions in a sentence."""

from claimwire.detect.context import Context, Kind, Mention, SentenceView
from claimwire.model import Act, Category, Claim, Measure

_CATEGORIES = {Measure.QUOTA: Category.TRADE_QUOTA, Measure.TARIFF: Category.TRADE_RESTRICTION}


def find_claims(context: Context) -> list[Claim]:
    """The claims of an article, in the order of its sentences."""
    return [claim for view in context.views if (claim := _claim(view))]


def _claim(view: SentenceView) -> Claim | None:
    """One claim for a sentence that names a measure and an actor."""
    measures, actors = view.of_kind(Kind.MEASURE), view.of_kind(Kind.ACTOR, Kind.ORGAN)
    if not measures or not actors:
        return None
    measure = Measure(measures[0].code)
    sentence = view.sentence
    return Claim(
        category=_CATEGORIES.get(measure, Category.SANCTION),
        act=_act(view.of_kind(Kind.ACT)),
        evidence=sentence.text,
        field=sentence.field,
        start=sentence.start,
        end=sentence.end,
        actor=(actors[0].code,),
        measure=measure,
        rules=("measure_beside_actor",),
    )


def _act(acts: list[Mention]) -> Act:
    return Act(acts[0].code) if acts else Act.IN_FORCE
