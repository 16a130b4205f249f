"""What the review desk keeps beside the items: saved filters, who is looking, articles read blind."""

from sqlalchemy import JSON, Boolean, Column, Date, Float, ForeignKey, Index, String, Table, Text, UniqueConstraint

from claimwire.warehouse.tables.base import METADATA, RowId, Utc

saved_filters = Table(
    "saved_filters",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("owner", String(120), nullable=False, comment="reviewer who saved it; everybody may use it"),
    Column("name", String(80), nullable=False),
    Column("query", Text, nullable=False, comment="the filter as it stands in the queue's address"),
    Column("created_at", Utc, nullable=False),
    UniqueConstraint("owner", "name"),
    comment="Filters of the queue under a name.",
)

item_presence = Table(
    "item_presence",
    METADATA,
    Column("item_id", ForeignKey("flagged_items.id", ondelete="CASCADE"), primary_key=True),
    Column("reviewer", String(120), primary_key=True),
    Column("seen_at", Utc, nullable=False, comment="last sign of life on the item's page"),
    comment="Who has which item open, so that two reviewers see each other.",
)

readings = Table(
    "readings",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("week_on", Date, nullable=False, comment="Monday of the week that it was drawn for"),
    Column("stratum", String(40), nullable=False, comment="language of the article"),
    Column("is_flagged", Boolean, nullable=False, comment="whether the machine flagged it; never shown to the reader"),
    Column("weight", Float, nullable=False, comment="articles of its stratum that it stands for"),
    Column("drawn_at", Utc, nullable=False),
    Column("read_at", Utc, comment="null = waits for a reader"),
    Column("reader", String(120)),
    Column("claims", JSON, comment="what the reader found, as gold claims; [] = no claim"),
    UniqueConstraint("article_id", "week_on"),
    Index(None, "read_at", "id"),
    comment="The weekly blind sample: articles read without knowing whether they were flagged.",
)
