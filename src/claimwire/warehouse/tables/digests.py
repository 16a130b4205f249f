"""Digests and the ledger that makes each delivery happen once."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from claimwire.warehouse.tables.base import METADATA, CodeList, RowId, Utc, one_of

digests = Table(
    "digests",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("subscription_key", String(80), nullable=False),
    Column("day", Date, nullable=False, comment="in the subscription's zone"),
    Column("kind", String(12), nullable=False, server_default="daily", comment="daily or alert"),
    Column(
        "sequence", Integer, nullable=False, server_default="0", comment="0 for a daily one; counts alerts of a day"
    ),
    Column("window_from", Utc, nullable=False),
    Column("window_to", Utc, nullable=False),
    Column("composed_at", Utc, nullable=False),
    Column("subject", Text, nullable=False),
    Column("message_id", Text, nullable=False, comment="derived from subscription and day"),
    Column("message", LargeBinary, nullable=False, comment="the composed mail, to the byte: a retry sends the same"),
    Column("item_ids", CodeList, nullable=False, server_default="[]"),
    Column("payload", JSON, nullable=False, server_default="{}", comment="the same as JSON, for web hooks"),
    UniqueConstraint("subscription_key", "day", "kind", "sequence"),
    comment="What one subscriber is sent for one day.",
)

digest_items = Table(
    "digest_items",
    METADATA,
    Column("subscription_key", String(80), primary_key=True),
    Column("item_id", ForeignKey("flagged_items.id", ondelete="CASCADE"), primary_key=True),
    Column("item_state", String(64), nullable=False, comment="status and content that the subscriber was told"),
    Column("digest_id", ForeignKey("digests.id"), nullable=False),
    comment="What each subscriber has been told, so that no item comes twice unless it changed.",
)

STATES = ("pending", "sent", "refused", "failed", "unknown")

deliveries = Table(
    "deliveries",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("digest_id", ForeignKey("digests.id"), nullable=False),
    Column("sink", String(16), nullable=False, comment="smtp, webhook, slack, atom, file"),
    Column("recipient", Text, nullable=False),
    Column("state", String(8), nullable=False, comment="unknown = cut off after DATA: may have arrived"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column(
        "copies",
        Integer,
        nullable=False,
        server_default="0",
        comment="copies handed over and not refused; 2 = may have come twice",
    ),
    Column("tried_at", Utc),
    Column("sent_at", Utc),
    Column("message", Text, nullable=False, server_default="", comment="what the other side said"),
    CheckConstraint(one_of("state", STATES), name="state"),
    UniqueConstraint("digest_id", "sink", "recipient"),
    Index(None, "state"),
    comment="The ledger: one row a digest, sink and recipient.",
)

opt_outs = Table(
    "opt_outs",
    METADATA,
    Column("subscription_key", String(80), primary_key=True),
    Column("recipient", Text, primary_key=True),
    Column("opted_out_at", Utc, nullable=False),
    comment="Recipients who unsubscribed; nothing is sent to them any more.",
)
