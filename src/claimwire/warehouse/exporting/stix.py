"""Confirmed items as a STIX 2.1 bundle: one report an item, about the states, bodies and names in it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pandas as pd

from claimwire.catalog.registers import load_registers
from claimwire.errors import ClaimwireError
from claimwire.warehouse.exporting.frames import Row

_STATE = re.compile(r"[A-Z]{2}\Z")
_ROLES = ("actor", "addressee", "target")


def write_stix(frames: Iterator[pd.DataFrame], path: Path) -> int:
    """One bundle; ids are the same in every export. Gives the number of reports.

    Raises:
        ClaimwireError: the library is not installed.
    """
    try:
        import stix2  # type: ignore[import-untyped]
    except ModuleNotFoundError as error:
        raise ClaimwireError("STIX needs a library: pip install 'claimwire[analyst]'") from error
    writer = stix2.Identity(id=_id("identity", "claimwire"), name="claimwire", identity_class="system", **_times(None))
    objects: dict[str, Any] = {writer.id: writer}
    reports = 0
    for frame in frames:
        for row in frame.to_dict("records"):
            about = [_party(stix2, code) for code in _parties(row)]
            objects |= {party.id: party for party in about}
            report = _report(stix2, row, writer.id, [party.id for party in about] or [writer.id])
            objects[report.id] = report
            reports += 1
    path.write_text(stix2.Bundle(*objects.values(), id=_id("bundle", "items")).serialize(pretty=True), encoding="utf-8")
    return reports


def _parties(row: Row) -> list[str]:
    return sorted({code for role in _ROLES for code in row[role]})


def _party(stix2: Any, code: str) -> Any:
    """A state is a location, anybody else an identity."""
    if _STATE.match(code) and code not in load_registers().matters.bodies:
        return stix2.Location(id=_id("location", code), name=code, country=code, **_times(None))
    return stix2.Identity(id=_id("identity", code), name=code, **_times(None))


def _report(stix2: Any, row: Row, writer_id: str, about: list[str]) -> Any:
    known = {"url": row["url"]} if str(row["url"]).startswith(("https://", "http://")) else {}
    references = [{"source_name": row["publisher"] or row["feed_key"], "description": row["headline"], **known}]
    return stix2.Report(
        id=_id("report", f"item:{row['id']}"),
        created_by_ref=writer_id,
        name=row["headline"] or row["evidence"][:120],
        description=row["evidence"],
        published=row["published_at"] or row["flagged_at"],
        labels=[f"{name}:{row[name]}" for name in ("category", "act", "measure", "modality")],
        confidence=round(100 * row["score"]),
        lang=row["language"] or None,
        object_refs=about,
        external_references=references,
        **_times(row["flagged_at"], row["reviewed_at"]),
    )


def _id(kind: str, name: str) -> str:
    return f"{kind}--{uuid5(NAMESPACE_URL, f'urn:claimwire:{kind}:{name}')}"


def _times(created: datetime | None, modified: datetime | None = None) -> dict[str, datetime]:
    """A party has no time of its own; a fixed one keeps exports equal."""
    first = created or datetime(2000, 1, 1, tzinfo=UTC)
    return {"created": first, "modified": max(first, modified or first)}
