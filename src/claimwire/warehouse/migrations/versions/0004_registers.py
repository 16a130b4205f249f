"""Quotas, regimes, figures, conversions and list names."""

import sqlalchemy as sa
from alembic import op

from claimwire.warehouse.tables.base import CodeList, RowId, Utc

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "conversions",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("from_unit", sa.String(length=32), nullable=False),
        sa.Column("to_unit", sa.String(length=32), nullable=False),
        sa.Column("factor", sa.Float(), nullable=False),
        sa.Column("factor_low", sa.Float(), nullable=True),
        sa.Column("factor_high", sa.Float(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversions")),
        comment="Factors between units, with low and high where they are uncertain.",
    )
    op.create_table(
        "list_names",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column(
            "list_key", sa.String(length=40), nullable=False, comment="un_sc, ofac_sdn, eu_fsf, uk, seco, opensanctions"
        ),
        sa.Column("entry_key", sa.String(length=120), nullable=False, comment="the list's own id"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_folded", sa.Text(), nullable=False, comment="folded for matching"),
        sa.Column("kind", sa.String(length=12), nullable=False, comment="person, entity, vessel"),
        sa.Column("imo", sa.Integer(), nullable=True, comment="IMO number of a ship"),
        sa.Column("programme", sa.Text(), server_default="", nullable=False),
        sa.Column("loaded_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_names")),
        sa.UniqueConstraint("list_key", "entry_key", "name", name=op.f("uq_list_names_list_key_entry_key_name")),
        comment="Names from sanctions lists that the operator loaded; none ships with claimwire.",
    )
    op.create_index(op.f("ix_list_names_imo"), "list_names", ["imo"], unique=False)
    op.create_index(op.f("ix_list_names_name_folded"), "list_names", ["name_folded"], unique=False)
    op.create_table(
        "quotas",
        sa.Column(
            "id",
            sa.String(length=80),
            nullable=False,
            comment="stable name, as UN-DPRK-2397-REF; a change is a new row",
        ),
        sa.Column("body", sa.String(length=40), nullable=False, comment="who set it"),
        sa.Column("instrument", sa.Text(), nullable=False, comment="the act that set it"),
        sa.Column("target", CodeList, server_default="[]", nullable=False, comment="whom it binds, as codes"),
        sa.Column("commodity", CodeList, server_default="[]", nullable=False, comment="goods, as codes"),
        sa.Column(
            "direction",
            sa.String(length=12),
            server_default="",
            nullable=False,
            comment="import, export, production or price",
        ),
        sa.Column("measure", sa.Text(), nullable=False, comment="as the source says"),
        sa.Column("limit_value", sa.Float(), nullable=True, comment="null where it is not one number"),
        sa.Column("limit_unit", sa.String(length=32), nullable=True),
        sa.Column("limit_bbl", sa.Float(), nullable=True, comment="in US barrels where it can be converted"),
        sa.Column("limit_text", sa.Text(), server_default="", nullable=False, comment="as the source writes it"),
        sa.Column(
            "period", sa.String(length=40), server_default="", nullable=False, comment="calendar year, quarter …"
        ),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="null = open"),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=12), nullable=False),
        sa.Column("loaded_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotas")),
        comment="Quotas and caps on record.",
    )
    op.create_table(
        "regimes",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("committee", sa.Text(), server_default="", nullable=False),
        sa.Column("target", CodeList, server_default="[]", nullable=False),
        sa.Column("established", sa.Text(), server_default="", nullable=False),
        sa.Column("measures", sa.Text(), server_default="", nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True, comment="next expiry on record"),
        sa.Column("expires_text", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("loaded_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regimes")),
        comment="Sanctions regimes and their committees.",
    )
    op.create_table(
        "quota_figures",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("quota_id", sa.String(length=80), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("supplier", sa.Text(), server_default="", nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("value_bbl", sa.Float(), nullable=True),
        sa.Column("value_bbl_low", sa.Float(), nullable=True),
        sa.Column("value_bbl_high", sa.Float(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False, comment="reported (official), alleged, estimated …"),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["quota_id"], ["quotas.id"], name=op.f("fk_quota_figures_quota_id_quotas")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_figures")),
        sa.UniqueConstraint(
            "quota_id",
            "period_from",
            "period_to",
            "supplier",
            "kind",
            "value",
            name=op.f("uq_quota_figures_quota_id_period_from_period_to_supplier_kind_value"),
        ),
        comment="Amounts reported or alleged against a cap, from the registers.",
    )
    op.create_table(
        "item_names",
        sa.Column("item_id", RowId, nullable=False),
        sa.Column("list_name_id", RowId, nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="the name as the article has it"),
        sa.Column("match_score", sa.Float(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["flagged_items.id"], name=op.f("fk_item_names_item_id_flagged_items"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["list_name_id"], ["list_names.id"], name=op.f("fk_item_names_list_name_id_list_names"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", "list_name_id", name=op.f("pk_item_names")),
        comment="Names in a flagged item that stand on a list.",
    )


def downgrade() -> None:
    op.drop_table("item_names")
    op.drop_table("quota_figures")
    op.drop_table("regimes")
    op.drop_table("quotas")
    op.drop_index(op.f("ix_list_names_name_folded"), table_name="list_names")
    op.drop_index(op.f("ix_list_names_imo"), table_name="list_names")
    op.drop_table("list_names")
    op.drop_table("conversions")
