"""How far an import came, and what a rescan would change."""

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from claimwire.warehouse.tables.base import METADATA, RowId, Utc

imports = Table(
    "imports",
    METADATA,
    Column("path", Text, primary_key=True, comment="file of old news, as it was named"),
    Column("rows_done", BigInteger, nullable=False, server_default="0", comment="rows that are safely loaded"),
    Column("began_at", Utc, nullable=False),
    Column("finished_at", Utc, comment="when its end was reached"),
    comment="How far each import of old news came, so that it goes on from there.",
)

rescan_changes = Table(
    "rescan_changes",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("rescan_key", String(120), nullable=False, comment="the run that compared"),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("change", String(8), nullable=False, comment="gained, lost, changed or same"),
    Column("item_key", String(64), nullable=False),
    Column("review_status", String(16), nullable=False, server_default="", comment="of the stored item, if any"),
    Column("language", String(12), nullable=False, server_default=""),
    Column("category", String(20), nullable=False, server_default=""),
    Column("evidence", Text, nullable=False, server_default=""),
    Column("before", JSON, comment="the fields that differ, as stored"),
    Column("after", JSON, comment="and as today's engine has them"),
    Column("first_id", Integer, nullable=False, comment="first article of the partition that found it"),
    Index(None, "rescan_key", "first_id"),
    comment="What today's engine finds otherwise in stored articles; `same` only for items that were reviewed.",
)
