"""The words of a digest in one language: `data/digest/<lang>.yml`.

A phrase holds names in braces that are filled in. A stretch in square brackets vanishes when a name inside it is empty:
`halt [{goods} ]exports[ to {target}]`. Of `{asks|ask}` the first goes with one actor, the second with several.
"""

from functools import cache
from pathlib import Path

from pydantic import model_validator

from claimwire.catalog import DATA
from claimwire.catalog.strict import Strict, load_strict
from claimwire.model import Act, Category, Measure, Modality, ReviewStatus


class Plural(Strict):
    """A phrase that counts; `{n}` is the number."""

    one: str
    many: str


class MeasureWords(Strict):
    """How a measure is called (`noun`), and how somebody asks for it (`ask`)."""

    noun: str
    ask: str


class ActWords(Strict):
    """How an act is told with its actor (`by`) and without (`bare`)."""

    by: str
    bare: str


class Phrases(Strict):
    """Everything a digest says that is not a code."""

    colon: str
    title: str
    alert_title: str
    in_short: str
    new: Plural
    more: Plural
    matters: Plural
    changed: Plural
    quiet: str
    feeds_read: str
    bands: dict[str, str]
    evidence: str
    matched: str
    who: str
    cap: str
    share: str
    origins: Plural
    publishers: Plural
    contradiction: str
    on_desk: str
    source: str
    the_rest: str
    changes: str
    item_of: str
    became: dict[str, str]
    fields_changed: str
    open_requests: str
    opened: str
    age: Plural
    breaches: str
    chart_alt: str
    chart_axis: str
    alleged_by: str
    reported: str
    calendar: str
    expires: str
    ends: str
    takes_effect: str
    vote: str
    silent: str
    silent_since: str
    never: str
    quality: str
    no_quality: str
    unsubscribe: str
    why: str


class Labels(Strict):
    """One file of `data/digest/`."""

    direction: str = "ltr"
    names: dict[str, str]  # codes that CLDR does not know, or knows by too long a name
    categories: dict[Category, str]
    measures: dict[Measure, MeasureWords]
    acts: dict[str, ActWords]  # by act, or by act.measure where one measure wants other words
    modalities: dict[Modality, str]
    commodities: dict[str, str]
    roles: dict[str, str]
    statuses: dict[ReviewStatus, str]
    threads: dict[str, str]
    phrases: Phrases

    @model_validator(mode="after")
    def _complete(self) -> "Labels":
        for known, given in (
            (Category, self.categories),
            (Measure, self.measures),
            (Act, self.acts),
            (Modality, self.modalities),
            (ReviewStatus, self.statuses),
        ):
            missing = {member.value for member in known} - {str(key) for key in given}
            if missing:
                raise ValueError(f"no words for {', '.join(sorted(missing))}")
        return self


@cache
def load_labels(language: str, root: Path = DATA) -> Labels:
    """The words in one language; CatalogError where the file is wrong or lacks a code."""
    return load_strict(root / "digest" / f"{language}.yml", Labels)
