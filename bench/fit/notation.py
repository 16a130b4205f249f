"""Our own labelled passages in a notation that one writes by hand, read into rows of the gold's format.

=== fr 2018-07-12
T: Title, may be left out
  sanction impose planned export_ban | US > > KP | commodity=oil date=2018-07-12 by=US
S: One sentence; the indented lines below are its claims: category act modality measure | actor > addressee > target.

python bench/fit/notation.py FILE…      prints what is wrong, by line, and how many claims there are of each kind
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claimwire.model import Act, Category, Measure, Modality

_HEAD = re.compile(r"=== ([a-z]{2}) (\d{4}(?:-\d\d(?:-\d\d)?)?|-)$")
_CLAIM = re.compile(r"  (\w+) (\w+) (\w+) (\w+) \|([^|>]*)>([^|>]*)>([^|>]*)(?:\|(.*))?$")
_EXTRA = re.compile(r'(\w+)=("[^"]*"|.*?)(?=\s+\w+=|\s*$)')
_EXTRAS = {
    "commodity": "commodity",
    "date": "event_date",
    "period": "period",
    "quantity": "quantity",
    "by": "attribution",
}
_FULL_WIDTH = "。！？」』"
_KINDS = (Category, Act, Modality, Measure)


class NotationError(ValueError):
    """A line that cannot be read; says which."""


def read_notation(path: Path) -> list[dict[str, Any]]:
    """The passages of a file as rows `{id, lang, published_at, title, text, claims}`.

    Raises:
        NotationError: names file, line and what is wrong.
    """
    rows: list[dict[str, Any]] = []
    quote = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        try:
            quote = _take(rows, line.rstrip(), quote, f"own/{path.stem}/{number}")
        except (ValueError, IndexError) as error:
            raise NotationError(f"{path.name}:{number}: {error}: {line[:80]}") from error
    return [row | {"text": _joined(row["text"])} for row in rows]


def _take(rows: list[dict[str, Any]], line: str, quote: str, key: str) -> str:
    """Adds a line to the passages; gives the sentence that the next claims are about."""
    if not line.strip():
        return quote
    if head := _HEAD.match(line):
        day = None if head[2] == "-" else head[2]
        rows.append({"id": key, "lang": head[1], "published_at": day, "title": "", "text": [], "claims": []})
        return ""
    if line.startswith("T: "):
        rows[-1]["title"] = line[3:].strip()
        return str(rows[-1]["title"])
    if line.startswith("S: "):
        rows[-1]["text"].append(line[3:].strip())
        return str(rows[-1]["text"][-1])
    if not quote:
        raise ValueError("a claim without a sentence")
    rows[-1]["claims"].append(_claim(line, quote))
    return quote


def _claim(line: str, quote: str) -> dict[str, Any]:
    parts = _CLAIM.match(line)
    if not parts:
        raise ValueError("neither a head, a title, a sentence nor a claim")
    category, act, modality, measure = (
        kind(value).value for kind, value in zip(_KINDS, parts.groups()[:4], strict=True)
    )
    actor, addressee, target = (_listed(parts[place]) for place in (5, 6, 7))
    claim: dict[str, Any] = {
        "quote": quote,
        "category": category,
        "act": act,
        "actor": actor,
        "addressee": addressee,
        "target": target,
        "measure": measure,
        "commodity": [],
        "quantity": None,
        "period": None,
        "event_date": None,
        "modality": modality,
        "attribution": None,
    }
    for name, value in _EXTRA.findall((parts[8] or "").strip()):
        plain = value.strip('"').strip()
        claim[_EXTRAS[name]] = _listed(plain) if name == "commodity" else plain or None
    return claim


def _joined(sentences: list[str]) -> str:
    """One text; full-width punctuation is its own space."""
    return "".join(one if one[-1:] in _FULL_WIDTH else f"{one} " for one in sentences).strip()


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _report(paths: list[Path]) -> Iterator[str]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("category", "act", "modality")}
    passages = 0
    for path in paths:
        try:
            rows = read_notation(path)
        except (NotationError, KeyError) as error:
            yield f"WRONG {error}"
            continue
        passages += len(rows)
        for name, counter in counts.items():
            counter.update(claim[name] for row in rows for claim in row["claims"])
    yield f"{passages} passages, {sum(counts['act'].values())} claims"
    for name, counter in counts.items():
        yield f"{name}: " + ", ".join(f"{value} {count}" for value, count in counter.most_common())


if __name__ == "__main__":
    print("\n".join(_report([Path(name) for name in sys.argv[1:]])))
