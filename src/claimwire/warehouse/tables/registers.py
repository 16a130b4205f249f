"""Registers: caps, regimes, reported figures, conversions, names on the operator's sanctions lists."""

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from claimwire.warehouse.tables.base import METADATA, CodeList, RowId, Utc

quotas = Table(
    "quotas",
    METADATA,
    Column("id", String(80), primary_key=True, comment="stable name, as UN-DPRK-2397-REF; a change is a new row"),
    Column("body", String(40), nullable=False, comment="who set it"),
    Column("instrument", Text, nullable=False, comment="the act that set it"),
    Column("target", CodeList, nullable=False, server_default="[]", comment="whom it binds, as codes"),
    Column("commodity", CodeList, nullable=False, server_default="[]", comment="goods, as codes"),
    Column("direction", String(12), nullable=False, server_default="", comment="import, export, production or price"),
    Column("measure", Text, nullable=False, comment="as the source says"),
    Column("limit_value", Float, comment="null where it is not one number"),
    Column("limit_unit", String(32)),
    Column("limit_bbl", Float, comment="in US barrels where it can be converted"),
    Column("limit_text", Text, nullable=False, server_default="", comment="as the source writes it"),
    Column("period", String(40), nullable=False, server_default="", comment="calendar year, quarter …"),
    Column("valid_from", Date),
    Column("valid_to", Date, comment="null = open"),
    Column("note", Text, nullable=False, server_default=""),
    Column("source", Text, nullable=False),
    Column("confidence", String(12), nullable=False),
    Column("loaded_at", Utc, nullable=False),
    comment="Quotas and caps on record.",
)

regimes = Table(
    "regimes",
    METADATA,
    Column("id", String(80), primary_key=True),
    Column("body", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("committee", Text, nullable=False, server_default=""),
    Column("target", CodeList, nullable=False, server_default="[]"),
    Column("established", Text, nullable=False, server_default=""),
    Column("measures", Text, nullable=False, server_default=""),
    Column("expires_on", Date, comment="next expiry on record"),
    Column("expires_text", Text, nullable=False, server_default=""),
    Column("source", Text, nullable=False),
    Column("loaded_at", Utc, nullable=False),
    comment="Sanctions regimes and their committees.",
)

quota_figures = Table(
    "quota_figures",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("quota_id", ForeignKey("quotas.id"), nullable=False),
    Column("period_from", Date, nullable=False),
    Column("period_to", Date, nullable=False),
    Column("supplier", Text, nullable=False, server_default=""),
    Column("value", Float, nullable=False),
    Column("unit", String(32), nullable=False),
    Column("value_bbl", Float),
    Column("value_bbl_low", Float),
    Column("value_bbl_high", Float),
    Column("kind", String(32), nullable=False, comment="reported (official), alleged, estimated …"),
    Column("says", String(40), nullable=False, server_default="", comment="who says so"),
    Column("source", Text, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
    UniqueConstraint("quota_id", "period_from", "period_to", "supplier", "kind", "value"),
    comment="Amounts reported or alleged against a cap, from the registers.",
)

conversions = Table(
    "conversions",
    METADATA,
    Column("id", String(80), primary_key=True),
    Column("product", Text, nullable=False),
    Column("from_unit", String(32), nullable=False),
    Column("to_unit", String(32), nullable=False),
    Column("factor", Float, nullable=False),
    Column("factor_low", Float),
    Column("factor_high", Float),
    Column("source", Text, nullable=False),
    comment="Factors between units, with low and high where they are uncertain.",
)

list_names = Table(
    "list_names",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("list_key", String(40), nullable=False, comment="un_sc, ofac_sdn, eu_fsf, uk, seco, opensanctions"),
    Column("entry_key", String(120), nullable=False, comment="the list's own id"),
    Column("name", Text, nullable=False),
    Column("name_folded", Text, nullable=False, comment="folded for matching"),
    Column("kind", String(12), nullable=False, comment="person, entity, vessel"),
    Column("imo", Integer, comment="IMO number of a ship"),
    Column("programme", Text, nullable=False, server_default=""),
    Column("loaded_at", Utc, nullable=False),
    UniqueConstraint("list_key", "entry_key", "name"),
    Index(None, "name_folded"),
    Index(None, "imo"),
    comment="Names from sanctions lists that the operator loaded; none ships with claimwire.",
)

item_names = Table(
    "item_names",
    METADATA,
    Column("item_id", ForeignKey("flagged_items.id", ondelete="CASCADE"), primary_key=True),
    Column("list_name_id", ForeignKey("list_names.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False, comment="the name as the article has it"),
    Column("match_score", Float, nullable=False),
    Column("explanation", Text, nullable=False),
    comment="Names in a flagged item that stand on a list.",
)
