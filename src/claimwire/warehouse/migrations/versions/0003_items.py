"""Flagged items, threads and decisions."""

import sqlalchemy as sa
from alembic import op

from claimwire.warehouse.tables.base import CodeList, RowId, Utc

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "threads",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("thread_key", sa.String(length=200), nullable=False, comment="the slots that make the matter one"),
        sa.Column("title", sa.Text(), nullable=False, comment="the matter in a few words, in English"),
        sa.Column(
            "status",
            sa.String(length=16),
            nullable=False,
            comment="open, on_hold, blocked, adopted, in_force, expired, lifted",
        ),
        sa.Column("opened_at", Utc(), nullable=False, comment="first claim"),
        sa.Column("changed_at", Utc(), nullable=False, comment="last step"),
        sa.Column("closed_at", Utc(), nullable=True, comment="when it stopped being open"),
        sa.Column("parent_id", RowId, nullable=True, comment="the thread this one grew out of"),
        sa.Column("quota_id", sa.String(length=80), nullable=True, comment="the cap it is about"),
        sa.ForeignKeyConstraint(["parent_id"], ["threads.id"], name=op.f("fk_threads_parent_id_threads")),
        sa.CheckConstraint(
            "status IN ('open', 'on_hold', 'blocked', 'adopted', 'in_force', 'expired', 'lifted')",
            name=op.f("ck_threads_status"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
        sa.UniqueConstraint("thread_key", name=op.f("uq_threads_thread_key")),
        comment="Claims about one matter over time and across languages: asked, held, adopted, broken.",
    )
    op.create_table(
        "flagged_items",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column(
            "item_key",
            sa.String(length=64),
            nullable=False,
            comment="same article, sentence, category, act and measure = same key",
        ),
        sa.Column("flagged_at", Utc(), nullable=False, comment="when it was first flagged"),
        sa.Column(
            "category",
            sa.String(length=20),
            nullable=False,
            comment="un_request, trade_quota, sanction, trade_restriction",
        ),
        sa.Column("act", sa.String(length=12), nullable=False, comment="what is done about the measure"),
        sa.Column("actor", CodeList, server_default="[]", nullable=False, comment="who does the act"),
        sa.Column("addressee", CodeList, server_default="[]", nullable=False, comment="who is asked or warned"),
        sa.Column("target", CodeList, server_default="[]", nullable=False, comment="whom the measure hits"),
        sa.Column("measure", sa.String(length=16), nullable=False, comment="by what means"),
        sa.Column("asked", sa.Text(), nullable=True, comment="with a UN request: what is asked for"),
        sa.Column("commodity", CodeList, server_default="[]", nullable=False, comment="goods named"),
        sa.Column("quantity_value", sa.Float(), nullable=True, comment="the amount as written"),
        sa.Column("quantity_unit", sa.String(length=32), nullable=True, comment="and its unit"),
        sa.Column("quantity_bbl", sa.Float(), nullable=True, comment="in US barrels where it can be converted"),
        sa.Column("quantity_bbl_low", sa.Float(), nullable=True, comment="low end where the factor is uncertain"),
        sa.Column("quantity_bbl_high", sa.Float(), nullable=True, comment="high end"),
        sa.Column("quantity", sa.Text(), nullable=True, comment="amounts as written"),
        sa.Column("quantities", sa.JSON(), server_default="[]", nullable=False, comment="all amounts, normalised"),
        sa.Column("period_from", sa.Date(), nullable=True, comment="first day that the measure or quota covers"),
        sa.Column("period_to", sa.Date(), nullable=True, comment="last day"),
        sa.Column("event_from", sa.Date(), nullable=True, comment="first possible day of the act"),
        sa.Column("event_to", sa.Date(), nullable=True, comment="last possible day"),
        sa.Column(
            "modality",
            sa.String(length=12),
            nullable=False,
            comment="the writer's stance: asserted, alleged, planned, possible, denied",
        ),
        sa.Column("attribution", sa.Text(), nullable=True, comment="who vouches for it; null = the writer"),
        sa.Column("evidence", sa.Text(), nullable=False, comment="the sentence, to the letter"),
        sa.Column("evidence_field", sa.String(length=8), nullable=False, comment="title or text"),
        sa.Column("evidence_start", sa.Integer(), nullable=False, comment="code points into that field"),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column(
            "marks", sa.JSON(), server_default="[]", nullable=False, comment="stretches that play a role, with glosses"
        ),
        sa.Column("rules", CodeList, server_default="[]", nullable=False, comment="names of what fired"),
        sa.Column("headline", sa.Text(), server_default="", nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("publisher", sa.Text(), server_default="", nullable=False),
        sa.Column("feed_key", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=12), server_default="", nullable=False),
        sa.Column("published_at", Utc(), nullable=True),
        sa.Column("article_id", RowId, nullable=False),
        sa.Column("story_id", RowId, nullable=True),
        sa.Column("thread_id", RowId, nullable=True),
        sa.Column("step_key", sa.String(length=200), nullable=True, comment="the step of the thread that it tells"),
        sa.Column("quota_id", sa.String(length=80), nullable=True, comment="the cap it is about (quotas.id)"),
        sa.Column(
            "share_of_quota", sa.Float(), nullable=True, comment="its amount as a share of the cap, 1.0 = all of it"
        ),
        sa.Column("share_of_quota_low", sa.Float(), nullable=True),
        sa.Column("share_of_quota_high", sa.Float(), nullable=True),
        sa.Column(
            "findings",
            sa.JSON(),
            server_default="[]",
            nullable=False,
            comment="contradictions with the record: {check, message}",
        ),
        sa.Column(
            "origins",
            sa.Integer(),
            server_default="1",
            nullable=False,
            comment="independent origins that tell the same step",
        ),
        sa.Column("score", sa.Float(), nullable=False, comment="calibrated probability that the claim is right, 0–1"),
        sa.Column("priority", sa.Float(), server_default="0", nullable=False, comment="0–100; what to read first"),
        sa.Column("priority_reasons", CodeList, server_default="[]", nullable=False, comment="why, in words"),
        sa.Column("review_status", sa.String(length=16), server_default="new", nullable=False),
        sa.Column(
            "review_version",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="counts decisions; for optimistic locking",
        ),
        sa.Column("reviewer", sa.Text(), nullable=True, comment="who decided last"),
        sa.Column("reviewed_at", Utc(), nullable=True),
        sa.Column("assignee", sa.Text(), nullable=True),
        sa.Column("duplicate_of", RowId, nullable=True),
        sa.Column("changed_at", Utc(), nullable=False, comment="last change of claim, assessment or review"),
        sa.Column("engine_version", sa.String(length=40), nullable=False),
        sa.Column("lexicon_version", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "act IN ('impose', 'tighten', 'extend', 'ease', 'lift', 'request', 'propose', 'threaten', 'oppose', 'violate', 'evade', 'enforce', 'comply', 'in_force')",
            name=op.f("ck_flagged_items_act"),
        ),
        sa.CheckConstraint(
            "category IN ('un_request', 'trade_quota', 'sanction', 'trade_restriction')",
            name=op.f("ck_flagged_items_category"),
        ),
        sa.CheckConstraint(
            "measure IN ('sanctions', 'embargo', 'arms_embargo', 'export_ban', 'import_ban', 'asset_freeze', 'travel_ban', 'designation', 'financial', 'shipping', 'price_cap', 'export_control', 'quota', 'tariff', 'other', 'none')",
            name=op.f("ck_flagged_items_measure"),
        ),
        sa.CheckConstraint(
            "modality IN ('asserted', 'alleged', 'planned', 'possible', 'denied')",
            name=op.f("ck_flagged_items_modality"),
        ),
        sa.CheckConstraint(
            "review_status IN ('new', 'confirmed', 'rejected', 'corrected', 'duplicate', 'escalated', 'source_changed', 'withdrawn')",
            name=op.f("ck_flagged_items_review_status"),
        ),
        sa.CheckConstraint("evidence_start < evidence_end", name=op.f("ck_flagged_items_evidence")),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_flagged_items_score")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_flagged_items_article_id_articles")),
        sa.ForeignKeyConstraint(
            ["duplicate_of"], ["flagged_items.id"], name=op.f("fk_flagged_items_duplicate_of_flagged_items")
        ),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_flagged_items_story_id_stories")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_flagged_items_thread_id_threads")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flagged_items")),
        sa.UniqueConstraint("item_key", name=op.f("uq_flagged_items_item_key")),
        comment="One row a claim, wide enough that an analyst needs no join.",
    )
    op.create_index(op.f("ix_flagged_items_article_id"), "flagged_items", ["article_id"], unique=False)
    op.create_index(op.f("ix_flagged_items_category_act"), "flagged_items", ["category", "act"], unique=False)
    op.create_index(op.f("ix_flagged_items_changed_at"), "flagged_items", ["changed_at"], unique=False)
    op.create_index(op.f("ix_flagged_items_flagged_at"), "flagged_items", ["flagged_at"], unique=False)
    op.create_index(op.f("ix_flagged_items_published_at"), "flagged_items", ["published_at"], unique=False)
    op.create_index(op.f("ix_flagged_items_quota_id"), "flagged_items", ["quota_id"], unique=False)
    op.create_index(
        op.f("ix_flagged_items_review_status_priority_id"),
        "flagged_items",
        ["review_status", "priority", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_flagged_items_story_id"), "flagged_items", ["story_id"], unique=False)
    op.create_index(op.f("ix_flagged_items_thread_id"), "flagged_items", ["thread_id"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("item_id", RowId, nullable=False),
        sa.Column("decided_at", Utc(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column(
            "action",
            sa.String(length=12),
            nullable=False,
            comment="confirm, reject, correct, duplicate, escalate, note, assign, undo",
        ),
        sa.Column(
            "reason", sa.String(length=40), nullable=True, comment="why it was rejected, a code of data/claims.yml"
        ),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("before", sa.JSON(), nullable=False, comment="the fields touched, before"),
        sa.Column("after", sa.JSON(), nullable=False, comment="and after"),
        sa.Column("item_version", sa.Integer(), nullable=False, comment="review_version that this decision made"),
        sa.Column("undoes_id", RowId, nullable=True, comment="the decision that this one undoes"),
        sa.Column("engine_version", sa.String(length=40), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["flagged_items.id"], name=op.f("fk_decisions_item_id_flagged_items")),
        sa.ForeignKeyConstraint(["undoes_id"], ["decisions.id"], name=op.f("fk_decisions_undoes_id_decisions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("item_id", "item_version", name=op.f("uq_decisions_item_id_item_version")),
        comment="What reviewers said; appended, never overwritten.",
    )
    op.create_index(op.f("ix_decisions_decided_at"), "decisions", ["decided_at"], unique=False)
    op.create_index(op.f("ix_decisions_reviewer"), "decisions", ["reviewer"], unique=False)
    op.create_table(
        "item_codes",
        sa.Column("role", sa.String(length=12), nullable=False, comment="actor, addressee, target or commodity"),
        sa.Column("code", sa.String(length=120), nullable=False),
        sa.Column("item_id", RowId, nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["flagged_items.id"], name=op.f("fk_item_codes_item_id_flagged_items"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("role", "code", "item_id", name=op.f("pk_item_codes")),
        comment="Members of the code lists of flagged_items, one row each, so that filters on a member are fast.",
    )
    op.create_index(op.f("ix_item_codes_item_id"), "item_codes", ["item_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_item_codes_item_id"), table_name="item_codes")
    op.drop_table("item_codes")
    op.drop_index(op.f("ix_decisions_reviewer"), table_name="decisions")
    op.drop_index(op.f("ix_decisions_decided_at"), table_name="decisions")
    op.drop_table("decisions")
    op.drop_index(op.f("ix_flagged_items_thread_id"), table_name="flagged_items")
    op.drop_index(op.f("ix_flagged_items_story_id"), table_name="flagged_items")
    op.drop_index(op.f("ix_flagged_items_review_status_priority_id"), table_name="flagged_items")
    op.drop_index(op.f("ix_flagged_items_quota_id"), table_name="flagged_items")
    op.drop_index(op.f("ix_flagged_items_published_at"), table_name="flagged_items")
    op.drop_index(op.f("ix_flagged_items_flagged_at"), table_name="flagged_items")
    op.drop_index(op.f("ix_flagged_items_changed_at"), table_name="flagged_items")
    op.drop_index(op.f("ix_flagged_items_category_act"), table_name="flagged_items")
    op.drop_index(op.f("ix_flagged_items_article_id"), table_name="flagged_items")
    op.drop_table("flagged_items")
    op.drop_table("threads")
