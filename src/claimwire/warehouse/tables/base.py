"""What all tables share: the metadata, its naming convention, and the column types of both databases."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Integer, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

CodeList = JSON().with_variant(JSONB(), "postgresql")
"""A list of codes as JSON; both databases can look inside, and `item_codes` indexes the members."""

RowId = BigInteger().with_variant(Integer, "sqlite")
"""A row's number; SQLite only counts up by itself on a plain INTEGER."""


class Utc(TypeDecorator[datetime]):
    """An aware UTC datetime, in a database that may know no zones; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC, and without its zone where the database cannot store one.

        Raises:
            ValueError: the time has no zone; no such time can be right.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Always aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def one_of(column: str, values: Any) -> str:
    """The SQL text of a check that a column holds one of the values of a StrEnum (or strings)."""
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"
