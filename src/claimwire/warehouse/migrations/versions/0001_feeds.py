"""Feeds, fetches, leases and health."""

import sqlalchemy as sa
from alembic import op

from claimwire.warehouse.tables.base import RowId, Utc

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column(
            "feed_key", sa.String(length=120), nullable=False, comment="stable name of the feed, from data/feeds/"
        ),
        sa.Column("publisher", sa.Text(), nullable=False, comment="who publishes it"),
        sa.Column("url", sa.Text(), nullable=False, comment="address fetched, or path of the drop folder"),
        sa.Column(
            "host",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="host of the address; feeds of one host share a queue",
        ),
        sa.Column(
            "language",
            sa.String(length=12),
            server_default="",
            nullable=False,
            comment="ISO 639-1 as the catalogue says, or empty",
        ),
        sa.Column(
            "country",
            sa.String(length=12),
            server_default="",
            nullable=False,
            comment="ISO 3166 alpha-2 of the publisher, or INT",
        ),
        sa.Column(
            "kind", sa.String(length=24), server_default="", nullable=False, comment="agency, newspaper, official …"
        ),
        sa.Column("tier", sa.Integer(), server_default="2", nullable=False, comment="1 = read first"),
        sa.Column(
            "is_state_media",
            sa.Boolean(),
            server_default="0",
            nullable=False,
            comment="its words are that state's word",
        ),
        sa.Column(
            "is_enabled",
            sa.Boolean(),
            server_default="1",
            nullable=False,
            comment="false once it has left the catalogue",
        ),
        sa.Column(
            "state",
            sa.String(length=16),
            server_default="active",
            nullable=False,
            comment="active or quarantined (still tried daily)",
        ),
        sa.Column(
            "interval_seconds", sa.Float(), server_default="900", nullable=False, comment="present gap between polls"
        ),
        sa.Column("next_poll_at", Utc(), nullable=True, comment="when it is due"),
        sa.Column("last_fetch_at", Utc(), nullable=True, comment="last try"),
        sa.Column("last_good_at", Utc(), nullable=True, comment="last try that brought bytes or 'unchanged'"),
        sa.Column("last_new_at", Utc(), nullable=True, comment="last time something new came"),
        sa.Column("last_full_at", Utc(), nullable=True, comment="last unconditional fetch"),
        sa.Column("last_outcome", sa.String(length=24), nullable=True, comment="how the last try ended"),
        sa.Column("message", sa.Text(), server_default="", nullable=False, comment="the last try in words"),
        sa.Column("failures", sa.Float(), server_default="0", nullable=False, comment="weighted failures in a row"),
        sa.Column(
            "empty_runs",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="good fetches in a row with nothing new",
        ),
        sa.Column("etag", sa.Text(), server_default="", nullable=False, comment="validator of validator_url"),
        sa.Column("last_modified", sa.Text(), server_default="", nullable=False, comment="validator of validator_url"),
        sa.Column(
            "validator_url",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="the exact address the validators belong to",
        ),
        sa.Column(
            "body_sha256",
            sa.String(length=64),
            server_default="",
            nullable=False,
            comment="of the last body, for servers that lie",
        ),
        sa.Column(
            "moved_to", sa.Text(), server_default="", nullable=False, comment="where a permanent redirect points"
        ),
        sa.Column(
            "moved_sightings",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="times in a row; adopted at three",
        ),
        sa.Column("usual_gap_seconds", sa.Float(), nullable=True, comment="usual time between new entries"),
        sa.Column("entries_per_day", sa.Float(), nullable=True, comment="moving average of new entries a day"),
        sa.PrimaryKeyConstraint("feed_key", name=op.f("pk_feeds")),
        comment="One row a feed: what the catalogue says and the state of polling it.",
    )
    op.create_table(
        "host_leases",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), server_default="", nullable=False, comment="who may talk to the host now"),
        sa.Column("leased_until", Utc(), nullable=True, comment="after this the lease is void, whoever holds it"),
        sa.Column("next_request_at", Utc(), nullable=True, comment="politeness: not before this"),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host_leases")),
        comment="One worker a host at a time, across all processes.",
    )
    op.create_table(
        "feed_health",
        sa.Column("feed_key", sa.String(length=120), nullable=False),
        sa.Column(
            "finding",
            sa.String(length=32),
            nullable=False,
            comment="silent, volume_low, volume_high, language_lost, future_dates, not_a_feed …",
        ),
        sa.Column("level", sa.String(length=8), nullable=False, comment="warning or alarm"),
        sa.Column("message", sa.Text(), nullable=False, comment="what is wrong and what to do"),
        sa.Column("since_at", Utc(), nullable=False),
        sa.Column("checked_at", Utc(), nullable=False),
        sa.Column("alerted_at", Utc(), nullable=True, comment="when operators were told"),
        sa.Column("ended_at", Utc(), nullable=True, comment="set when the finding went away"),
        sa.ForeignKeyConstraint(["feed_key"], ["feeds.feed_key"], name=op.f("fk_feed_health_feed_key_feeds")),
        sa.PrimaryKeyConstraint("feed_key", "finding", name=op.f("pk_feed_health")),
        comment="What is wrong with which feed; one open row a finding.",
    )
    op.create_table(
        "fetches",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("feed_key", sa.String(length=120), nullable=False, comment="which feed"),
        sa.Column("fetched_at", Utc(), nullable=False, comment="when it began"),
        sa.Column(
            "outcome",
            sa.String(length=24),
            nullable=False,
            comment="the one name it ended in; docs/operators.md explains each",
        ),
        sa.Column("status", sa.Integer(), nullable=True, comment="HTTP status, if any"),
        sa.Column("message", sa.Text(), server_default="", nullable=False, comment="what happened, for a person"),
        sa.Column("body_bytes", sa.Integer(), server_default="0", nullable=False, comment="after decompression"),
        sa.Column("elapsed_seconds", sa.Float(), server_default="0", nullable=False),
        sa.Column("entries", sa.Integer(), server_default="0", nullable=False, comment="entries in the response"),
        sa.Column(
            "dispositions",
            sa.JSON(),
            server_default="{}",
            nullable=False,
            comment="how many entries ended in which disposition",
        ),
        sa.CheckConstraint(
            "outcome IN ('new', 'unchanged', 'empty', 'unreachable', 'dns_failed', 'timed_out', 'tls_failed', 'http_error', 'rate_limited', 'gone', 'unauthorised', 'too_large', 'refused_encoding', 'refused_bytes', 'redirect_loop', 'blocked_address', 'not_a_feed', 'parse_failed', 'network_down')",
            name=op.f("ck_fetches_outcome"),
        ),
        sa.ForeignKeyConstraint(["feed_key"], ["feeds.feed_key"], name=op.f("fk_fetches_feed_key_feeds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetches")),
        comment="One row a fetch of a feed.",
    )
    op.create_index(op.f("ix_fetches_feed_key_fetched_at"), "fetches", ["feed_key", "fetched_at"], unique=False)
    op.create_index(op.f("ix_fetches_fetched_at"), "fetches", ["fetched_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_fetches_fetched_at"), table_name="fetches")
    op.drop_index(op.f("ix_fetches_feed_key_fetched_at"), table_name="fetches")
    op.drop_table("fetches")
    op.drop_table("feed_health")
    op.drop_table("host_leases")
    op.drop_table("feeds")
