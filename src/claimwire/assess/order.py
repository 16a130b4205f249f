"""In which order articles are assessed, so that what came in late or at the same hour makes no difference."""

from collections.abc import Sequence
from datetime import date, datetime

from claimwire.assess.setting import setting_of
from claimwire.assess.stages import is_question
from claimwire.assess.threads import main_of, tell
from claimwire.catalog.registers import Registers
from claimwire.model import Article, Claim

Place = tuple[date, bool, bool, datetime, str, str]


def place_of(article: Article, claims: Sequence[Claim], registers: Registers, now: datetime) -> Place:
    """Where an article stands, smallest first: by day, and within a day by what it tells.

    Requests come before the accusations that go with them, and who names goods before who says "sanctions": one hour's
    difference between two agencies must not open a second step. `now` dates an article that nobody dated.
    """
    setting = setting_of(article, claims, now.date())
    main = main_of([tell(claim, setting, registers) for claim in claims])
    is_late = main is None or not is_question(main.stage)
    is_vague = main is None or main.matter is None or main.matter.parent_key is None
    return setting.day, is_late, is_vague, article.published_at or now, article.feed_key, article.guid
