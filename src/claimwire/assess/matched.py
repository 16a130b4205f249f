"""A claim with everything that a check may hold against it."""

from collections.abc import Sequence
from dataclasses import dataclass

from claimwire.assess.caps import Share
from claimwire.assess.setting import Setting, codes_of, hit_by
from claimwire.catalog.registers import Quota, Registers
from claimwire.model import Article, Claim, Quantity


@dataclass(frozen=True, slots=True)
class Scene:
    """An article, what it is about, all its claims, and the record."""

    article: Article
    setting: Setting
    claims: Sequence[Claim]
    registers: Registers


@dataclass(frozen=True, slots=True)
class Matched:
    """A claim, the scene it stands in, the cap that it is about, and its share of it."""

    claim: Claim
    scene: Scene
    quota: Quota | None
    figure: Quantity | None
    share: Share | None

    @property
    def fellows(self) -> list[Claim]:
        """The other claims of the article."""
        return [claim for claim in self.scene.claims if claim is not self.claim]

    def caps(self) -> list[Quota]:
        """All caps on record for those whom the claim says are hit."""
        hit = set(codes_of(hit_by(self.claim)) or self.scene.setting.target)
        return [quota for quota in self.scene.registers.quotas if quota.kind == "cap" and hit & set(quota.target)]


def in_words(quota: Quota) -> str:
    """The cap as an analyst reads it: its amount, goods, time and id."""
    amount = (
        f"{quota.limit.value:,.10g} {quota.limit.unit}" if quota.limit else quota.limit_text or "no amount on record"
    )
    goods = ", ".join(quota.commodity).replace("_", " ")
    since = f", from {quota.valid_from}" if quota.valid_from else ""
    until = f" to {quota.valid_to}" if quota.valid_to else ""
    return f"{quota.id} ({goods}: {amount}{f' a {quota.period}' if quota.period else ''}{since}{until})"
