"""Articles, one row a version, and the stories that they carry."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from claimwire.warehouse.tables.base import METADATA, CodeList, RowId, Utc, one_of

stories = Table(
    "stories",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("first_feed_key", String(120), nullable=False, comment="the feed that carried it first"),
    Column("first_publisher", Text, nullable=False, comment="its publisher"),
    Column("first_published_at", Utc, comment="when it was first published, as far as we know"),
    Column(
        "origin",
        Text,
        nullable=False,
        server_default="",
        comment="agency credited with the copy, or the first publisher",
    ),
    Column("language", String(12), nullable=False, server_default=""),
    Column(
        "carriers",
        Integer,
        nullable=False,
        server_default="1",
        comment="publishers that carry it; one origin all the same",
    ),
    Column("copy_digest", LargeBinary, comment="MinHash of the copy"),
    Column("copy_digest_version", String(24), nullable=False, server_default=""),
    comment="Articles that carry the same copy: the agency's text and its reprints.",
)

ARTICLE_STATUSES = ("usable", "corrected", "embargoed", "canceled")

articles = Table(
    "articles",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("feed_key", ForeignKey("feeds.feed_key"), nullable=False, comment="where it came from"),
    Column("guid", Text, nullable=False, comment="the publisher's name for it; all versions share it"),
    Column("version_number", Integer, nullable=False, server_default="1", comment="ours, 1 upwards"),
    Column("version", Text, nullable=False, server_default="", comment="the publisher's own, if any"),
    Column("is_current", Boolean, nullable=False, server_default="1", comment="the newest version of its guid"),
    Column(
        "status", String(12), nullable=False, server_default="usable", comment="usable, corrected, embargoed, canceled"
    ),
    Column("publisher", Text, nullable=False, server_default=""),
    Column("url", Text, nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False, server_default="", comment="clean text; emptied when retention says so"),
    Column("language", String(12), nullable=False, server_default="", comment="ISO 639-1 or und"),
    Column("published_at", Utc, comment="null where nobody said"),
    Column(
        "published_at_source", String(12), nullable=False, server_default="", comment="feed, page, dateline or fetched"
    ),
    Column("updated_at", Utc),
    Column("dateline", Text, nullable=False, server_default=""),
    Column("byline", Text, nullable=False, server_default=""),
    Column("credit", Text, nullable=False, server_default="", comment="credit line, as (ats/afp)"),
    Column("urgency", Integer),
    Column("subjects", CodeList, nullable=False, server_default="[]", comment="IPTC Media Topics and the like"),
    Column("keywords", CodeList, nullable=False, server_default="[]"),
    Column("note", Text, nullable=False, server_default="", comment="editor's note"),
    Column("embargoed_until", Utc, comment="held until then"),
    Column("content_sha256", String(64), nullable=False, comment="of title and text"),
    Column("fetched_at", Utc, nullable=False),
    Column("detected_at", Utc, comment="when detection last read it; null = unread"),
    Column("engine_version", String(40), nullable=False, server_default="", comment="that last read it"),
    Column("lexicon_version", String(40), nullable=False, server_default="", comment="that last read it"),
    Column("story_id", ForeignKey("stories.id"), comment="which copy it carries"),
    Column("diff", JSON(none_as_null=True), comment="word diff from the version before: [op, words] pairs"),
    CheckConstraint(one_of("status", ARTICLE_STATUSES), name="status"),
    CheckConstraint("version_number > 0", name="version_number"),
    UniqueConstraint("feed_key", "guid", "version_number"),
    Index(
        "uq_articles_current",
        "feed_key",
        "guid",
        unique=True,
        sqlite_where=text("is_current"),
        postgresql_where=text("is_current"),
    ),
    Index(None, "detected_at", "id"),
    Index(None, "published_at"),
    Index(None, "story_id", sqlite_where=text("story_id IS NOT NULL"), postgresql_where=text("story_id IS NOT NULL")),
    Index(None, "url"),
    comment="An entry turned into clean text; one row a version.",
)

story_bands = Table(
    "story_bands",
    METADATA,
    Column("band", BigInteger, primary_key=True, comment="one band of the MinHash"),
    Column("story_id", BigInteger, primary_key=True, comment="stories.id; not checked, an index of ours may be behind"),
    comment="Index of copies: stories that share a band may be the same.",
    sqlite_with_rowid=False,
)

quarantined_entries = Table(
    "quarantined_entries",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=True),
    Column("feed_key", String(120), nullable=False),
    Column("guid", Text, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("problem", Text, nullable=False, comment="why it could not be processed"),
    Column("entry", JSON, nullable=False, comment="the entry as parsed"),
    UniqueConstraint("feed_key", "guid"),
    comment="Bad items kept aside with their error, so that a run never stops on one.",
)
