"""Articles by version, and stories."""

import sqlalchemy as sa
from alembic import op

from claimwire.warehouse.tables.base import CodeList, RowId, Utc

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "quarantined_entries",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("feed_key", sa.String(length=120), nullable=False),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("seen_at", Utc(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False, comment="why it could not be processed"),
        sa.Column("entry", sa.JSON(), nullable=False, comment="the entry as parsed"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantined_entries")),
        sa.UniqueConstraint("feed_key", "guid", name=op.f("uq_quarantined_entries_feed_key_guid")),
        comment="Bad items kept aside with their error, so that a run never stops on one.",
    )
    op.create_table(
        "stories",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("first_feed_key", sa.String(length=120), nullable=False, comment="the feed that carried it first"),
        sa.Column("first_publisher", sa.Text(), nullable=False, comment="its publisher"),
        sa.Column("first_published_at", Utc(), nullable=True, comment="when it was first published, as far as we know"),
        sa.Column(
            "origin",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="agency credited with the copy, or the first publisher",
        ),
        sa.Column("language", sa.String(length=12), server_default="", nullable=False),
        sa.Column(
            "carriers",
            sa.Integer(),
            server_default="1",
            nullable=False,
            comment="publishers that carry it; one origin all the same",
        ),
        sa.Column("copy_digest", sa.LargeBinary(), nullable=True, comment="MinHash of the copy"),
        sa.Column("copy_digest_version", sa.String(length=24), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        comment="Articles that carry the same copy: the agency's text and its reprints.",
    )
    op.create_table(
        "articles",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("feed_key", sa.String(length=120), nullable=False, comment="where it came from"),
        sa.Column("guid", sa.Text(), nullable=False, comment="the publisher's name for it; all versions share it"),
        sa.Column("version_number", sa.Integer(), server_default="1", nullable=False, comment="ours, 1 upwards"),
        sa.Column("version", sa.Text(), server_default="", nullable=False, comment="the publisher's own, if any"),
        sa.Column(
            "is_current", sa.Boolean(), server_default="1", nullable=False, comment="the newest version of its guid"
        ),
        sa.Column(
            "status",
            sa.String(length=12),
            server_default="usable",
            nullable=False,
            comment="usable, corrected, embargoed, canceled",
        ),
        sa.Column("publisher", sa.Text(), server_default="", nullable=False),
        sa.Column("url", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "text", sa.Text(), server_default="", nullable=False, comment="clean text; emptied when retention says so"
        ),
        sa.Column("language", sa.String(length=12), server_default="", nullable=False, comment="ISO 639-1 or und"),
        sa.Column("published_at", Utc(), nullable=True, comment="null where nobody said"),
        sa.Column(
            "published_at_source",
            sa.String(length=12),
            server_default="",
            nullable=False,
            comment="feed, page, dateline or fetched",
        ),
        sa.Column("updated_at", Utc(), nullable=True),
        sa.Column("dateline", sa.Text(), server_default="", nullable=False),
        sa.Column("byline", sa.Text(), server_default="", nullable=False),
        sa.Column("credit", sa.Text(), server_default="", nullable=False, comment="credit line, as (ats/afp)"),
        sa.Column("urgency", sa.Integer(), nullable=True),
        sa.Column("subjects", CodeList, server_default="[]", nullable=False, comment="IPTC Media Topics and the like"),
        sa.Column("keywords", CodeList, server_default="[]", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False, comment="editor's note"),
        sa.Column("embargoed_until", Utc(), nullable=True, comment="held until then"),
        sa.Column("content_sha256", sa.String(length=64), nullable=False, comment="of title and text"),
        sa.Column("fetched_at", Utc(), nullable=False),
        sa.Column("detected_at", Utc(), nullable=True, comment="when detection last read it; null = unread"),
        sa.Column(
            "engine_version", sa.String(length=40), server_default="", nullable=False, comment="that last read it"
        ),
        sa.Column(
            "lexicon_version", sa.String(length=40), server_default="", nullable=False, comment="that last read it"
        ),
        sa.Column("story_id", RowId, nullable=True, comment="which copy it carries"),
        sa.Column("diff", sa.JSON(), nullable=True, comment="word diff from the version before: [op, words] pairs"),
        sa.ForeignKeyConstraint(["feed_key"], ["feeds.feed_key"], name=op.f("fk_articles_feed_key_feeds")),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_articles_story_id_stories")),
        sa.CheckConstraint(
            "status IN ('usable', 'corrected', 'embargoed', 'canceled')", name=op.f("ck_articles_status")
        ),
        sa.CheckConstraint("version_number > 0", name=op.f("ck_articles_version_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint(
            "feed_key", "guid", "version_number", name=op.f("uq_articles_feed_key_guid_version_number")
        ),
        comment="An entry turned into clean text; one row a version.",
    )
    op.create_index(op.f("ix_articles_detected_at_id"), "articles", ["detected_at", "id"], unique=False)
    op.create_index(op.f("ix_articles_published_at"), "articles", ["published_at"], unique=False)
    op.create_index(op.f("ix_articles_story_id"), "articles", ["story_id"], unique=False)
    op.create_index(op.f("ix_articles_url"), "articles", ["url"], unique=False)
    op.create_table(
        "story_bands",
        sa.Column("band", sa.BigInteger(), nullable=False, comment="one band of the MinHash"),
        sa.Column("story_id", RowId, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_story_bands_story_id_stories")),
        sa.PrimaryKeyConstraint("band", "story_id", name=op.f("pk_story_bands")),
        comment="Index of copies: stories that share a band may be the same.",
    )


def downgrade() -> None:
    op.drop_table("story_bands")
    op.drop_index(op.f("ix_articles_url"), table_name="articles")
    op.drop_index(op.f("ix_articles_story_id"), table_name="articles")
    op.drop_index(op.f("ix_articles_published_at"), table_name="articles")
    op.drop_index(op.f("ix_articles_detected_at_id"), table_name="articles")
    op.drop_table("articles")
    op.drop_table("stories")
    op.drop_table("quarantined_entries")
