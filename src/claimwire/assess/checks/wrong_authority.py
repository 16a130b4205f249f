"""A cap is told as set by somebody who did not set it."""

from collections.abc import Iterator

from claimwire.assess.matched import Matched, in_words
from claimwire.catalog.registers import Quota
from claimwire.detect.context import Kind, Mention
from claimwire.detect.engine import load_detector
from claimwire.model import Act, Modality

_SETTING = {Act.IMPOSE, Act.TIGHTEN, Act.EXTEND}
_BESIDE = 2  # code points between a state and what it is said to have approved: "US-approved"
_ARTICLE = 5  # "by the United States"


def wrong_authority(matched: Matched) -> str | None:
    """A sponsor of a resolution is not its author; the message leaves it to the analyst whether that is meant."""
    claim, quota = matched.claim, matched.quota
    if quota is None or not quota.target or claim.modality in {Modality.POSSIBLE, Modality.DENIED}:
        return None
    setters = set(claim.actor) if claim.act in _SETTING else set(_approvers(claim.evidence, matched))
    if not setters or not _may_not_set(setters, quota):
        return None
    named = "+".join(sorted(setters))
    return f"told as set by {named}, but {in_words(quota)} was set by {quota.body}: {quota.instrument}"


def _may_not_set(setters: set[str], quota: Quota) -> bool:
    return quota.body not in setters and not setters & set(quota.target)


def _approvers(evidence: str, matched: Matched) -> Iterator[str]:
    """States that stand right before or, with a "by" between, right after a word for adopting: "X-approved quotas"."""
    finder = load_detector().library.finder(matched.scene.article.language)
    mentions = finder.find(evidence) if finder else []
    parties = [mention for mention in mentions if mention.kind == Kind.ACTOR]
    agents = [mention for mention in mentions if mention.kind == Kind.MARKER and mention.code == "agent"]
    for word in (mention for mention in mentions if mention.concept == "approve"):
        yield from (party.code for party in parties if 0 < word.start - party.end < _BESIDE)
        yield from (
            party.code
            for agent in agents
            for party in parties
            if _follows(word, agent) and _follows(agent, party, _ARTICLE)
        )


def _follows(first: Mention, second: Mention, apart: int = _BESIDE) -> bool:
    return 0 <= second.start - first.end <= apart
