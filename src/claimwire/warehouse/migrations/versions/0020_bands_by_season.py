"""Bands of copies begin with their month: those of the last days are numbered anew, from the digests of their stories.

Else what was published before an upgrade and reprinted after it would be two stories, and two origins.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np
import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

KEPT = timedelta(days=10)
ALGORITHM = "rensa-2/126x3/w3c5"
STIR = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))

stories = sa.table(
    "stories",
    sa.column("id", sa.BigInteger()),
    sa.column("first_published_at", sa.DateTime(timezone=True)),
    sa.column("copy_digest", sa.LargeBinary()),
    sa.column("copy_digest_version", sa.String()),
)
bands = sa.table("story_bands", sa.column("band", sa.BigInteger()), sa.column("story_id", sa.BigInteger()))


def upgrade() -> None:
    connection, c = op.get_bind(), stories.c
    connection.execute(bands.delete())
    newest = connection.scalar(sa.select(sa.func.max(c.first_published_at)))
    if newest is None:
        return
    query = sa.select(c.id, c.first_published_at, c.copy_digest).where(
        c.copy_digest_version == ALGORITHM, c.first_published_at >= newest - KEPT
    )
    for some in connection.execute(query).partitions(500):
        rows = [{"band": band, "story_id": row.id} for row in some for band in _bands(row.copy_digest, row[1])]
        if rows:
            connection.execute(bands.insert(), rows)


def downgrade() -> None:
    op.get_bind().execute(bands.delete())


def _bands(digest: bytes, day: datetime) -> Iterator[int]:
    rows = np.frombuffer(digest, dtype=">u4").astype(np.uint64).reshape(-1, 3)
    stirred = np.zeros(len(rows), dtype=np.uint64)
    for column, factor in zip(rows.T, STIR, strict=True):
        stirred = (stirred ^ column) * factor
        stirred ^= stirred >> np.uint64(29)
    season = day.date().toordinal() // 30 % 8192
    for number, value in enumerate(stirred.tolist()):
        yield season << 49 | number << 43 | value >> 21
