"""Feeds, what each fetch of them ended in, and how healthy they are."""

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from claimwire.model import Outcome
from claimwire.warehouse.tables.base import METADATA, RowId, Utc, one_of

feeds = Table(
    "feeds",
    METADATA,
    Column("feed_key", String(120), primary_key=True, comment="stable name of the feed, from data/feeds/"),
    Column("publisher", Text, nullable=False, comment="who publishes it"),
    Column(
        "family",
        Text,
        nullable=False,
        server_default="",
        comment="house of publishers that count as one origin, or empty",
    ),
    Column("url", Text, nullable=False, comment="address fetched, or path of the drop folder"),
    Column(
        "host", Text, nullable=False, server_default="", comment="host of the address; feeds of one host share a queue"
    ),
    Column(
        "language", String(12), nullable=False, server_default="", comment="ISO 639-1 as the catalogue says, or empty"
    ),
    Column(
        "country", String(12), nullable=False, server_default="", comment="ISO 3166 alpha-2 of the publisher, or INT"
    ),
    Column("kind", String(24), nullable=False, server_default="", comment="agency, newspaper, official …"),
    Column("tier", Integer, nullable=False, server_default="2", comment="1 = read first"),
    Column("is_state_media", Boolean, nullable=False, server_default="0", comment="its words are that state's word"),
    Column("is_enabled", Boolean, nullable=False, server_default="1", comment="false once it has left the catalogue"),
    Column(
        "state",
        String(16),
        nullable=False,
        server_default="active",
        comment="active or quarantined (still tried daily)",
    ),
    Column("interval_seconds", Float, nullable=False, server_default="900", comment="present gap between polls"),
    Column("next_poll_at", Utc, comment="when it is due"),
    Column("last_fetch_at", Utc, comment="last try"),
    Column("last_good_at", Utc, comment="last try that brought bytes or 'unchanged'"),
    Column("last_new_at", Utc, comment="last time something new came"),
    Column("last_full_at", Utc, comment="last unconditional fetch"),
    Column("last_outcome", String(24), comment="how the last try ended"),
    Column("message", Text, nullable=False, server_default="", comment="the last try in words"),
    Column("failures", Float, nullable=False, server_default="0", comment="weighted failures in a row"),
    Column("failed_runs", Integer, nullable=False, server_default="0", comment="failed tries in a row"),
    Column("empty_runs", Integer, nullable=False, server_default="0", comment="good fetches in a row with nothing new"),
    Column("etag", Text, nullable=False, server_default="", comment="validator of validator_url"),
    Column("last_modified", Text, nullable=False, server_default="", comment="validator of validator_url"),
    Column(
        "validator_url", Text, nullable=False, server_default="", comment="the exact address the validators belong to"
    ),
    Column(
        "body_sha256", String(64), nullable=False, server_default="", comment="of the last body, for servers that lie"
    ),
    Column("moved_to", Text, nullable=False, server_default="", comment="where a permanent redirect points"),
    Column("moved_sightings", Integer, nullable=False, server_default="0", comment="times in a row; adopted at three"),
    Column("usual_gap_seconds", Float, comment="usual time between new entries"),
    Column("entries_per_day", Float, comment="moving average of new entries a day"),
    comment="One row a feed: what the catalogue says and the state of polling it.",
)

fetches = Table(
    "fetches",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("feed_key", ForeignKey("feeds.feed_key"), nullable=False, comment="which feed"),
    Column("fetched_at", Utc, nullable=False, comment="when it began"),
    Column("outcome", String(24), nullable=False, comment="the one name it ended in; docs/operators.md explains each"),
    Column("status", Integer, comment="HTTP status, if any"),
    Column("message", Text, nullable=False, server_default="", comment="what happened, for a person"),
    Column("body_bytes", Integer, nullable=False, server_default="0", comment="after decompression"),
    Column("elapsed_seconds", Float, nullable=False, server_default="0"),
    Column("weight", Float, nullable=False, server_default="0", comment="what it added to the feed's failures"),
    Column("entries", Integer, nullable=False, server_default="0", comment="entries in the response"),
    Column(
        "dispositions", JSON, nullable=False, server_default="{}", comment="how many entries ended in which disposition"
    ),
    CheckConstraint(one_of("outcome", Outcome), name="outcome"),
    Index(None, "feed_key", "fetched_at"),
    Index(None, "fetched_at"),
    comment="One row a fetch of a feed.",
)

host_leases = Table(
    "host_leases",
    METADATA,
    Column("host", Text, primary_key=True),
    Column("holder", Text, nullable=False, server_default="", comment="who may talk to the host now"),
    Column("leased_until", Utc, comment="after this the lease is void, whoever holds it"),
    Column("next_request_at", Utc, comment="politeness: not before this"),
    comment="One worker a host at a time, across all processes.",
)

feed_health = Table(
    "feed_health",
    METADATA,
    Column("feed_key", ForeignKey("feeds.feed_key"), primary_key=True),
    Column(
        "finding",
        String(32),
        primary_key=True,
        comment="silent, volume_low, volume_high, language_lost, future_dates, not_a_feed …",
    ),
    Column("level", String(8), nullable=False, comment="warning or alarm"),
    Column("message", Text, nullable=False, comment="what is wrong and what to do"),
    Column("since_at", Utc, nullable=False),
    Column("checked_at", Utc, nullable=False),
    Column("alerted_at", Utc, comment="when operators were told"),
    Column("ended_at", Utc, comment="set when the finding went away"),
    comment="What is wrong with which feed; one open row a finding.",
)
