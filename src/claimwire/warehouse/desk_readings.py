"""The weekly blind sample: articles that reviewers read without the machine's marks, flagged ones among them."""

import random
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, exists, func, select, update

from claimwire.errors import NotFound, StaleDecision
from claimwire.warehouse.tables import articles, flagged_items, readings
from claimwire.warehouse.writing import add_new

Row = dict[str, Any]


def draw_readings(connection: Connection, now: datetime, per_stratum: int = 5) -> int:
    """Draws the sample of the week before `now`; gives how many articles. Again in one week draws nothing.

    From each language as many unflagged articles as flagged ones, so that a reader cannot guess which it is; the
    weight of each is how many articles of its kind it stands for.
    """
    week_on = now.date() - timedelta(days=now.date().weekday())
    if connection.scalar(select(func.count()).select_from(readings).where(readings.c.week_on == week_on)):
        return 0
    strata: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for article_id, language, is_flagged in connection.execute(_candidates(now)):
        strata[language or "und", bool(is_flagged)].append(article_id)
    dice = random.Random(week_on.toordinal())  # noqa: S311  # nosec B311  # repeatable, not secret
    rows: list[Row] = []
    for (language, is_flagged), ids in sorted(strata.items()):
        drawn = dice.sample(ids, min(per_stratum, len(ids)))
        row = {"week_on": week_on, "stratum": language, "is_flagged": is_flagged, "drawn_at": now}
        rows += [row | {"article_id": article_id, "weight": len(ids) / len(drawn)} for article_id in drawn]
    dice.shuffle(rows)  # else the order would give the flagged ones away
    add_new(connection, readings, rows)
    return len(rows)


def _candidates(now: datetime) -> Any:
    is_flagged = exists().where(flagged_items.c.article_id == articles.c.id).label("is_flagged")
    return (
        select(articles.c.id, articles.c.language, is_flagged)
        .where(articles.c.detected_at > now - timedelta(days=7), articles.c.detected_at <= now)
        .where(articles.c.is_current, articles.c.text != "", articles.c.status != "canceled")
        .order_by(articles.c.id)
    )


def count_waiting(connection: Connection) -> int:
    """How many drawn articles nobody has read yet."""
    return connection.scalar(select(func.count()).select_from(readings).where(readings.c.read_at.is_(None))) or 0


def find_reading(connection: Connection, reading_id: int | None = None) -> Row | None:
    """One drawn article, or the first that nobody has read; what the machine said of it is left out.

    Raises:
        NotFound: the one asked for was never drawn.
    """
    columns = (articles.c.title, articles.c.text, articles.c.language, articles.c.publisher, articles.c.published_at)
    statement = (
        select(readings.c.id, readings.c.read_at, readings.c.reader, readings.c.claims, articles.c.url, *columns)
        .join(articles, articles.c.id == readings.c.article_id)
        .order_by(readings.c.id)
        .limit(1)
    )
    wanted = readings.c.read_at.is_(None) if reading_id is None else readings.c.id == reading_id
    row = connection.execute(statement.where(wanted)).mappings().first()
    if row is None and reading_id is not None:
        raise NotFound(f"there is no reading {reading_id}")
    return dict(row) if row else None


def save_reading(connection: Connection, reading_id: int, reader: str, claims: list[Row], now: datetime) -> None:
    """Keeps what a reader found; [] says that the article holds no claim.

    Raises:
        StaleDecision: somebody has read it already. NotFound: it was never drawn.
    """
    found = update(readings).where(readings.c.id == reading_id, readings.c.read_at.is_(None))
    if connection.execute(found.values(reader=reader[:120], read_at=now, claims=claims)).rowcount == 1:
        return
    find_reading(connection, reading_id)
    raise StaleDecision(f"reading {reading_id} was done by somebody else meanwhile")
