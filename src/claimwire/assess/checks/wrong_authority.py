"""A cap is told as set by somebody who did not set it."""

from collections.abc import Iterator

from claimwire.assess.caps import states_limit
from claimwire.assess.lexical import mentions_in
from claimwire.assess.matched import Matched, in_words
from claimwire.catalog.registers import Quota
from claimwire.detect.context import Kind
from claimwire.model import Act, Measure, Modality

_SETTING = {Act.IMPOSE, Act.TIGHTEN, Act.EXTEND}
_BESIDE = 2  # code points between a state and what it is said to have approved, or its saying: "US-approved"
_ARTICLE = 5  # "by the United States"
_WORD = 14  # "US-approved import quotas"


def wrong_authority(matched: Matched) -> str | None:
    """A sponsor of a resolution is not its author; the message leaves it to the analyst whether that is meant."""
    claim, quota = matched.claim, matched.quota
    if (
        quota is None
        or quota.kind != "cap"
        or not quota.target
        or claim.modality in {Modality.POSSIBLE, Modality.DENIED}
    ):
        return None
    told = set(_approvers(claim.evidence, matched.scene.article.language)) or _setters(matched, quota)
    setters = told - set(quota.target)
    if not setters or setters & {quota.body, *quota.joined_by}:
        return None
    named = "+".join(sorted(setters))
    return f"told as set by {named}, but {in_words(quota)} was set by {quota.body}: {quota.instrument}"


def _setters(matched: Matched, quota: Quota) -> set[str]:
    """Who sets the cap; where no limit is told with it, whoever speaks in the sentence is left out."""
    claim = matched.claim
    if claim.act in _SETTING and any(states_limit(quantity, quota) for quantity in claim.quantities):
        return set(claim.actor)
    if claim.act not in _SETTING or claim.measure != Measure.QUOTA:
        return set()  # harsher sanctions are no cap
    return set(claim.actor) - set(_speakers(claim.evidence, matched.scene.article.language))


def _speakers(evidence: str, language: str) -> Iterator[str]:
    """Parties right before or after a word for saying."""
    mentions = mentions_in(evidence, language)
    sayings = [mention for mention in mentions if mention.kind == Kind.SAYING]
    for party in (mention for mention in mentions if mention.kind == Kind.ACTOR):
        if any(0 < max(word.start - party.end, party.start - word.end) <= _BESIDE for word in sayings):
            yield party.code


def _approvers(evidence: str, language: str) -> Iterator[str]:
    """States right before a word for adopting a cap, "X-approved quotas", or after its "by", "quotas approved by X"."""
    mentions = mentions_in(evidence, language)
    parties = [mention for mention in mentions if mention.kind == Kind.ACTOR and mention.code]
    agents = [mention for mention in mentions if mention.kind == Kind.MARKER and mention.code == "agent"]
    caps = [mention for mention in mentions if mention.code == Measure.QUOTA]
    for word in (mention for mention in mentions if mention.concept == "approve"):
        if any(_is_bare(evidence[word.end : cap.start]) for cap in caps if cap.start > word.end):
            yield from (party.code for party in parties if 0 < word.start - party.end < _BESIDE)
        if any(_is_bare(evidence[cap.end : word.start]) for cap in caps if cap.end < word.start):
            after = [agent for agent in agents if 0 < agent.start - word.end <= _BESIDE]
            yield from (party.code for agent in after for party in parties if 0 < party.start - agent.end <= _ARTICLE)


def _is_bare(between: str) -> bool:
    """A word at most, and no comma: « утверждают, что квота » is another verb."""
    return (len(between) <= _WORD and between.replace(" ", "").isalpha()) or between.isspace()
