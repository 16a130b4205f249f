"""What the stages of detection hand to each other: mentions, and an article seen sentence by sentence.

All offsets here are code points into the text of the sentence (`view.sentence.text`), so that a stage
can slice without arithmetic; add `view.sentence.start` to get an offset into the article's field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from claimwire.catalog.calendar import Calendar
from claimwire.catalog.units import Units
from claimwire.model import Article, Quantity, Sentence
from claimwire.text.dates import DateMention, find_dates
from claimwire.text.dates_told import NOTHING, Told
from claimwire.text.numbers import find_quantities


class Kind(StrEnum):
    """What sort of thing a mention is; `data/claims.yml` gives each concept its kind and its code."""

    MEASURE = "measure"  # names a measure by itself: sanctions, embargo, tariff; code is a Measure
    CURB = "curb"  # a measure only with goods, trade or a state beside it: ban, halt, cap; code is a Measure
    ACT = "act"  # code is an Act
    FLOW = "flow"  # what crosses the border: export, import, shipment, supply, trade, output
    COMMODITY = "commodity"  # code is a commodity of the codebook
    ACTOR = "actor"  # code is ISO 3166 alpha-2 or a body; concept says how: state, adjective, metonym, body, reference
    ORGAN = "organ"  # a UN organ; code UN, the concept says which
    INSTRUMENT = "instrument"  # resolution, draft, bill, list
    SAYING = "saying"  # say, accuse, allege, deny, according_to, report, source
    STANCE = "stance"  # negation, hedge, conditional, future, hearsay, question
    MARKER = "marker"  # a word that marks a role: code is addressee, target, agent, source, or clause
    REFERENCE = "reference"  # "ce pays", "the bloc": resolved to an ACTOR where the article makes it clear
    TRAP = "trap"  # vetoes the measure mentions that it covers or touches


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A phrase of a lexicon found in a sentence: `sentence.text[start:end]`.

    Args:
        concept: key of the concept in `data/claims.yml`, or how an actor is named.
        code: what the concept evokes (a measure, an act, a commodity, a state), "" for none.
        form: the phrase as the lexicon has it, wildcards and all.
    """

    start: int
    end: int
    concept: str
    kind: Kind
    code: str
    form: str


@dataclass(frozen=True, slots=True)
class Almanac:
    """What amounts and dates are read against; `published_at` in the dateline's local time."""

    units: Units
    calendars: Mapping[str, Calendar]
    published_at: datetime | None


@dataclass(frozen=True)
class SentenceView:
    """One sentence with all that is known of it; mentions by start, the longer first.

    `previous` is the sentence before it in the article, the title's before the text's.
    """

    sentence: Sentence
    language: str
    mentions: tuple[Mention, ...] = ()
    almanac: Almanac | None = field(default=None, repr=False, compare=False)
    previous: "SentenceView | None" = field(default=None, repr=False, compare=False)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The amounts in it, by start; looked for when first asked for, since few sentences need them."""
        if self.almanac is None:
            return ()
        return tuple(find_quantities(self.sentence.text, self.language, self.almanac.units))

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """The dates in it, by start; looked for when first asked for."""
        if self.almanac is None:
            return ()
        almanac = self.almanac
        found = find_dates(
            self.sentence.text, self.language, almanac.published_at, almanac.calendars, self._told_before
        )
        return tuple(found)

    @cached_property
    def told(self) -> Told:
        """The newest dates that the article has told by the end of the sentence."""
        told = self._told_before()
        for date in self.dates:
            told = told.after(date.value)
        return told

    def _told_before(self) -> Told:
        """The dates of the sentences before, from the first on, since each may itself go back to those before it."""
        waiting, view = [], self.previous
        while view is not None and "told" not in view.__dict__:
            waiting.append(view)
            view = view.previous
        told = NOTHING if view is None else view.told
        for earlier in reversed(waiting):
            told = earlier.told
        return told

    def of_kind(self, *kinds: Kind) -> list[Mention]:
        """The mentions of these kinds, in order."""
        return [mention for mention in self.mentions if mention.kind in kinds]


@dataclass(frozen=True, slots=True)
class Context:
    """An article as frames see it: the title's sentences first, then the text's, in order."""

    article: Article
    language: str
    views: tuple[SentenceView, ...]
